package dev.jiggety.agent.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.Failure;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.rules.AssertionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of docs/guide/assertions.md does what the page says. */
class AssertionsPageTest {
  private static final Pattern ROW = Pattern.compile("\\| `(\\{\"on\".*\\})` \\| (.*) \\|");
  private static final Set<Target> JSON = EnumSet.of(Target.JSON, Target.SCHEMA);

  /** Examples that a small or fast answer breaks, where all others want a large or slow one. */
  private static final Set<String> SMALL =
      Set.of(
          "size greater-than",
          "total greater-than",
          "requests greater-than",
          "weight greater-than",
          "console-errors greater-than",
          "network-errors greater-than",
          "certificate-days greater-than");

  /** A row of a table. */
  record Example(String text, Assertion assertion, String failure) {
    String kind() {
      return assertion.target().label() + " " + assertion.operator().label();
    }

    @Override
    public String toString() {
      return text;
    }
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("../docs/guide/assertions.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        examples.add(new Example(row.group(1), read(row.group(1)), row.group(2)));
      }
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleHoldsForAGoodAnswerAndSaysWhatIsWrongWithABadOne(Example example) {
    assertThat(AssertionRules.problems(example.assertion())).isEmpty();
    assertThat(Judge.problems(List.of(example.assertion()))).isEmpty();
    assertThat(Judge.check(List.of(example.assertion()), good(example)).map(Failure::text))
        .isEmpty();
    assertThat(Judge.check(List.of(example.assertion()), bad(example)).map(Failure::text))
        .contains(example.failure());
  }

  @Test
  void everyTargetWithEveryOperatorHasAnExample() throws IOException {
    Set<String> wanted = new TreeSet<>();
    Stream.of(Target.values())
        .forEach(target ->
            AssertionRules.row(target)
                .operators()
                .forEach(operator -> wanted.add(target.label() + " " + operator.label())));
    Set<String> there = new TreeSet<>();
    examples().forEach(example -> there.add(example.kind()));
    assertThat(there).isEqualTo(wanted);
  }

  private static Assertion read(String item) {
    JsonObject test =
        JsonParser.parseString(
                "{\"_id\":\"test:a\",\"type\":\"test\",\"schema\":1,\"name\":\"a\",\"kind\":\"http\","
                    + "\"http\":{\"url\":\"http://a.example/\"},\"schedule\":{\"every\":\"1m\"}}")
            .getAsJsonObject();
    JsonElement list = JsonParser.parseString("[" + item + "]");
    test.add("assert", list);
    return TestDocument.TYPE.read(test).assertions().getFirst();
  }

  private static Answer good(Example example) {
    boolean json = JSON.contains(example.assertion().target());
    boolean trouble = example.kind().endsWith("-errors greater-than");
    return Answer.builder()
        .status(200)
        .headers(
            List.of(
                new Header("Content-Type", "application/json"),
                new Header("ETag", "\"7\""),
                new Header("Age", "5"),
                new Header("X-Left", "99")))
        .body(
            json
                ? "{\"shop\": \"Tea & more\", \"stock\": 7, \"items\":"
                    + " [{\"name\": \"tea\", \"price\": 4.50}, {\"name\": \"pot\", \"price\": 30}]}"
                : "<h1>Tea &amp; more</h1>\n<a rel=next href='/cart'>cart: tea</a><b class=price>"
                    + " 4.50 </b>",
            true)
        .bytes(1024)
        .total(Duration.ofMillis(300))
        .phases(
            Phases.of(Map.of(Phase.WAIT, Duration.ofMillis(200), Phase.SSL, Duration.ofMillis(9))))
        .certificate(
            new Answer.Certificate(
                80, "CN=R1,O=Good Authority", List.of("shop.example", "*.shop.example")))
        .protocols(List.of("h2", "TLSv1.3"))
        .answers(example.assertion().negated() ? List.of() : List.of("192.0.2.2", "192.0.2.1"))
        .page(
            new PageLoad(
                "chromium",
                Map.of(
                    "loadEventEnd", Duration.ofMillis(900), "domInteractive", Duration.ofMillis(4)),
                12,
                48_000,
                List.of(),
                trouble ? 1 : 0,
                trouble ? 1 : 0,
                List.of()))
        .build();
  }

  private static Answer bad(Example example) {
    boolean json = JSON.contains(example.assertion().target());
    boolean small = SMALL.contains(example.kind());
    return Answer.builder()
        .status(503)
        .headers(
            List.of(
                new Header("content-type", "text/html"),
                new Header("age", "3600"),
                new Header("x-left", "3")))
        .body(
            json
                ? "{\"shop\": \"Closed\", \"stock\": 0, \"items\": [{\"name\": \"tea\", \"price\": 9.9}]}"
                : "<h1>Sorry</h1><p class=\"error\">We are closed</p>",
            true)
        .bytes(small ? 7 : 91_200)
        .total(small ? Duration.ofNanos(500_000) : Duration.ofSeconds(2))
        .phases(Phases.of(Map.of(Phase.WAIT, Duration.ofMillis(1_900))))
        .certificate(new Answer.Certificate(small ? 3 : 3_650, "CN=Self", List.of("localhost")))
        .protocols(List.of("http/1.1", "TLSv1.2"))
        .answers(List.of("203.0.113.9"))
        .page(
            new PageLoad(
                "chromium",
                Map.of("loadEventEnd", Duration.ofSeconds(4)),
                small ? 1 : 200,
                small ? 10 : 9_000_000,
                List.of(),
                small ? 0 : 2,
                small ? 0 : 3,
                List.of()))
        .build();
  }
}
