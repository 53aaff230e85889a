package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FuzzyTest {
  @Test
  void lettersAreFoundInTheirOrder() {
    assertThat(match("cko", "Checkout page")).isPresent();
    assertThat(match("okc", "Checkout page")).isEmpty();
    assertThat(match("CHE ck", "Checkout page")).as("case and blanks do not matter").isPresent();
  }

  @Test
  void beginningsOfWordsAndLettersThatStandTogetherCountMore() {
    assertBetter("cp", "Checkout page", "Escape");
    assertBetter("log", "Login", "Long logs");
    assertBetter("sea", "Search", "Shipped early afternoon");
    assertBetter("n2", "node-2", "n-to-12");
    assertBetter("search", "Search", "Search and find and more");
  }

  @Test
  void theLettersThatCountAreTheOnesShown() {
    assertThat(places("cp", "Checkout page")).containsExactly(0, 9);
    assertThat(places("out", "Checkout opens today")).containsExactly(5, 6, 7);
    assertThat(places("", "Anything")).isEmpty();
  }

  @Property
  void whatIsShownIsAlwaysWhatWasTyped(
      @ForAll @AlphaChars @StringLength(min = 1, max = 60) String text,
      @ForAll @AlphaChars @StringLength(min = 1, max = 4) String typed) {
    String query = Fuzzy.query(typed);
    match(typed, text)
        .ifPresent(found -> {
          StringBuilder letters = new StringBuilder();
          int before = -1;
          for (int place : found.places()) {
            assertThat(place).isGreaterThan(before);
            before = place;
            letters.append(Character.toLowerCase(text.charAt(place)));
          }
          assertThat(letters).hasToString(query);
        });
  }

  @Property
  void everyPartOfATextIsFound(@ForAll @AlphaChars @StringLength(min = 4, max = 40) String text) {
    assertThat(match(text.substring(1, 4), text)).isPresent();
  }

  private static void assertBetter(String typed, String better, String worse) {
    assertThat(match(typed, better).orElseThrow().score())
        .isGreaterThan(match(typed, worse).map(Fuzzy.Match::score).orElse(Integer.MIN_VALUE));
  }

  private static int[] places(String typed, String text) {
    return match(typed, text).orElseThrow().places();
  }

  private static Optional<Fuzzy.Match> match(String typed, String text) {
    return Fuzzy.match(Fuzzy.query(typed), text, Fuzzy.lower(text));
  }
}
