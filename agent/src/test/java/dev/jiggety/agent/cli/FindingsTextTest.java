package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Check.Header;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingsTextTest {
  private static final Failure WRONG =
      new Failure(ErrorKind.ASSERTION, null, "find \"Thank you\": not on the page");

  private static final Sample SAMPLE =
      new Sample(
          Instant.EPOCH,
          Duration.ofSeconds(1),
          Phases.NONE,
          503,
          7,
          List.of(),
          WRONG,
          Duration.ZERO,
          new Findings(
              List.of(
                  new Step("log in", 1, ms(0), ms(250), Phases.NONE, null, "welcome, Ada"),
                  new Step("pay", 5, ms(250), ms(750), Phases.NONE, WRONG)),
              List.of(),
              new PageLoad(
                  "chromium",
                  Map.of("loadEventEnd", ms(900), "domInteractive", ms(400)),
                  2,
                  91_200,
                  List.of(
                      new PageLoad.Resource(
                          "https://shop.example/" + "very/".repeat(60) + "long",
                          "script",
                          404,
                          9,
                          ms(100),
                          ms(200),
                          false)),
                  1,
                  0,
                  List.of("pay is not defined ".repeat(9))),
              new Evidence(
                  "https://shop.example/pay",
                  503,
                  List.of(new Header("content-type", "text/html")),
                  "<h1>Sorry</h1>\n\n" + "<p>x</p>\n".repeat(20),
                  List.of("search: q"),
                  List.of("Home /"),
                  new Picture("image/png", "AAAA".repeat(1_000)),
                  List.of("3 more links"))));

  @Test
  void tellsStepsPageAndEvidence() {
    assertThat(String.join("\n", FindingsText.of(SAMPLE, 80)))
        .contains("  steps")
        .containsPattern("   1  log in +250[.]0 ms  █{5}\n          welcome, Ada")
        .containsPattern("   5  pay +750[.]0 ms       █{15}\n +✗ assertion: find \"Thank you\"")
        .containsPattern("by chromium: 2 requests, 91[.]2 KB, 1 console error, 0 network\\s+errors")
        .containsPattern("domInteractive +400[.]0 ms\n +loadEventEnd +900[.]0 ms")
        .contains("evidence: https://shop.example/pay  →  503")
        .contains("    content-type: text/html\n    │ <h1>Sorry</h1>\n")
        .contains("… 9 more lines")
        .contains("form  search: q\n    link  Home /")
        .contains("picture: image/png, 3.0 KB")
        .contains("left out: 3 more links");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 80, 133, 500})
  void noLineIsWiderThanTheTerminal(int width) {
    assertThat(FindingsText.of(SAMPLE, width))
        .allSatisfy(
            line -> assertThat(line.length()).isLessThanOrEqualTo(Math.clamp(width, 60, 200)));
  }

  @Test
  void nothingIsSaidWhereThereIsNothing() {
    assertThat(FindingsText.of(SAMPLE.withFindings(Findings.NONE), 80)).isEmpty();
    assertThat(FindingsText.terminalWidth(Map.of("COLUMNS", "132"))).isEqualTo(132);
    assertThat(FindingsText.terminalWidth(Map.of("COLUMNS", "wide"))).isEqualTo(80);
  }

  private static Duration ms(int millis) {
    return Duration.ofMillis(millis);
  }
}
