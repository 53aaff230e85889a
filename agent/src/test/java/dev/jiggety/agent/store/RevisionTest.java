package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevisionTest {

  private static final String F32 = "f".repeat(32);
  private static final String A32 = "a".repeat(32);

  @Test
  void readsAndWritesCouchDbsForm() {
    var rev = Revision.parse("12-" + A32);

    assertThat(rev).isEqualTo(new Revision(12, A32)).hasToString("12-" + A32);
    assertThat(Revision.parse("1-a-b").hash()).isEqualTo("a-b");
    assertThat(Revision.parse("0-17")).isEqualTo(new Revision(0, "17"));
  }

  @Test
  void keepsHexadecimalHashesInLowerCase() {
    assertThat(Revision.parse("1-" + "AB".repeat(16))).hasToString("1-" + "ab".repeat(16));
    assertThat(Revision.parse("1-AB")).hasToString("1-AB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "-", "1-", "-abc", "x-abc", "1.5-abc", "+1-abc", "99999999999-abc"})
  void refusesWhatIsNoRevision(String text) {
    assertThatThrownBy(() -> Revision.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid rev format");
  }

  @Test
  void refusesThirtyTwoCharactersThatAreNoHexadecimal() {
    assertThatThrownBy(() -> Revision.parse("1-" + "g".repeat(32)))
        .hasMessage("Invalid rev format");
  }

  @Test
  void ordersByGenerationThenByBytesOfTheHash() {
    // Found so on CouchDB 3.5: thirty-two hexadecimal digits count as sixteen raw bytes, so
    // ff… (0xff) is above zz (0x7a), and aa… (0xaa) is as well; 00… is below all letters.
    var ordered =
        Stream.of("1-" + "0".repeat(32), "1-A", "1-a", "1-aa", "1-zz", "1-" + A32, "1-" + F32)
            .map(Revision::parse)
            .toList();

    assertThat(ordered).isSorted();
    assertThat(List.of(Revision.parse("1-" + F32), Revision.parse("2-0"))).isSorted();
    assertThat(List.of(Revision.parse("9-zz"), Revision.parse("10-aa"))).isSorted();
  }
}
