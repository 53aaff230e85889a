package dev.jiggety.agent.store.mango;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns mean what they mean to PCRE on bytes, and none takes for ever. */
class BoundedRegexTest {

  private static boolean find(String pattern, String text) {
    return BoundedRegex.compile(pattern).find(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "^[[:alpha:]]+$|abc|true",
        "^[[:alpha:]]+$|ab1|false",
        "^[[:^digit:]_]+$|a_b|true",
        "^[^[:space:]]+$|a b|false",
        "[[]|a[b|true",
        "[a[b]]|[]|true", // a class, then a bracket
        "[]x]|]|true",
        "[^]x]|]|false",
        "[a&&b]|&|true",
        "{name}|Dear {name}|true",
        "a{2,3}b|aab|true",
        "a{2,}b|ab|false",
        "a{,3}|a{,3}|true",
        "(?P<year>\\d{4})|in 2001|true",
        "\\Q[x]\\E|[x]|true",
        "^.$|é|false", // two bytes
        "^..$|é|true",
        "é|café|true",
        "(?i)É|é|false",
        "\\.com$|a.com|true",
      })
  void meansWhatItMeansToPcre(String pattern, String text, boolean expected) {
    assertThat(find(pattern, text)).isEqualTo(expected);
  }

  @Test
  void onlyALineFeedEndsALine() {
    assertThat(find("^a.b$", "a\rb")).isTrue();
    assertThat(find("^a.b$", "a\nb")).isFalse();
    assertThat(find("b$", "ab\n")).isTrue();
    assertThat(find("b$", "ab\r\n")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "(", "*", "[[:nothing:]]", "a\\"})
  void refusesWhatIsNoPattern(String pattern) {
    assertThatIllegalArgumentException().isThrownBy(() -> BoundedRegex.compile(pattern));
  }

  @Test
  void refusesADeepPatternWithoutHarm() {
    var deep = "(".repeat(200_000) + ")".repeat(200_000);
    assertThatIllegalArgumentException().isThrownBy(() -> BoundedRegex.compile(deep));
  }

  @Test
  void losesItsPatience() {
    assertThat(find("^(a+)+$", "a".repeat(60) + "b")).isFalse();
    assertThat(find("(x+x+)+y", "x".repeat(5_000))).isFalse();
    assertThat(find("(a|b|c)*d", "abc".repeat(200_000))).isFalse();
  }
}
