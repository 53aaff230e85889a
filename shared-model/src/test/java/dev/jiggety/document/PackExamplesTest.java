package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Point;
import dev.jiggety.model.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples in docs/documents/pack.md are what the program reads and writes, to the letter. */
class PackExamplesTest {

  @Test
  void theHourIsReadAndWrittenAsItStands() throws IOException {
    JsonObject example = example("pack");
    Pack pack = PackDocument.HOUR.read(example);
    assertThat(PackDocument.HOUR.write(pack)).isEqualTo(example);
    assertThat(pack.from()).isEqualTo(Instant.parse("2026-11-21T10:00:00Z"));
    assertThat(pack.points())
        .extracting(Point::verdict, Point::status, Point::error)
        .containsExactly(tuple(Verdict.UP, 200, null), tuple(Verdict.DOWN, 0, ErrorKind.TIMEOUT));
    assertThat(pack.points().getFirst().startedAt())
        .isEqualTo(Instant.parse("2026-11-21T10:00:00.125Z"));
    assertThat(pack.summary().missed()).isEqualTo(1);
    assertThat(pack.summary().sum()).isEqualTo(Duration.ofNanos(61_200_000));
  }

  @Test
  void theDayIsReadAndWrittenAsItStands() throws IOException {
    JsonObject example = example("day");
    Pack pack = PackDocument.DAY.read(example);
    assertThat(PackDocument.DAY.write(pack)).isEqualTo(example);
    assertThat(pack.summary().count()).isEqualTo(1440);
    assertThat(pack.summary().phases()).containsOnlyKeys(Phase.DNS, Phase.WAIT);
    assertThat(pack.included()).hasSize(24).contains(2);
  }

  @Test
  void everyFieldOfTheExamplesIsInTheTable() throws IOException {
    String page = Pages.text("pack");
    String table = page.substring(0, page.indexOf("```json"));
    for (JsonObject example : Pages.examples("pack")) {
      assertThat(example.keySet()).allSatisfy(name -> assertThat(table).contains("`" + name + "`"));
    }
  }

  private static JsonObject example(String type) throws IOException {
    List<JsonObject> examples = Pages.examples("pack");
    return examples.stream()
        .filter(example -> example.get("type").getAsString().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
