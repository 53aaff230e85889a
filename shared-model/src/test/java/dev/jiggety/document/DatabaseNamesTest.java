package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseNamesTest {
  private static final DatabaseNames NAMES = DatabaseNames.DEFAULT;

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T10:00:00Z, jiggety-live-2026w47",
    "2020-12-31T23:59:59.999Z, jiggety-live-2020w53",
    "2021-01-03T23:59:59.999Z, jiggety-live-2020w53",
    "2021-01-04T00:00:00Z, jiggety-live-2021w01",
    "2024-12-30T00:00:00Z, jiggety-live-2025w01",
    "2027-01-01T00:00:00Z, jiggety-live-2026w53",
    "2026-01-01T00:00:00Z, jiggety-live-2026w01"
  })
  void weeksAreThoseOfIso8601(Instant time, String name) {
    assertThat(NAMES.live(time)).isEqualTo(name);
    assertThat(NAMES.isLive(name)).isTrue();
  }

  @Test
  void aSpanNamesEachOfItsWeeksOnceOldestFirst() {
    assertThat(
            NAMES.live(
                Instant.parse("2020-12-27T23:59:59Z"), Instant.parse("2021-01-04T00:00:00Z")))
        .containsExactly("jiggety-live-2020w52", "jiggety-live-2020w53", "jiggety-live-2021w01");
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    assertThat(NAMES.live(now, now)).containsExactly("jiggety-live-2026w47");
  }

  @Property
  void everyInstantOfASpanIsInOneOfItsDatabases(
      @ForAll @LongRange(min = 0, max = 1L << 32) long start,
      @ForAll @LongRange(min = 0, max = 1L << 23) long seconds,
      @ForAll @LongRange(min = 0, max = 1000) long permille) {
    Instant from = Instant.ofEpochSecond(start);
    Instant to = from.plusSeconds(seconds);
    List<String> names = NAMES.live(from, to);
    assertThat(names)
        .contains(NAMES.live(from.plus(Duration.ofSeconds(seconds * permille / 1000))));
    assertThat(names).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aPrefixIsOneThatCouchDbTakes() {
    assertThat(new DatabaseNames("a_1-").config()).isEqualTo("a_1-config");
    for (String bad : List.of("", "Upper-", "1-", "a/b", "a".repeat(32))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new DatabaseNames(bad));
    }
  }
}
