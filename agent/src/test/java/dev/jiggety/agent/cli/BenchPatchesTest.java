package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The benchmarks of patches measure what they say, with few nodes. */
class BenchPatchesTest {
  @Test
  void propagationIsMeasuredOnEveryNode() {
    Map<String, JsonObject> figures =
        figures("propagation", "--nodes", "5", "--patches", "2", "--results", "20");
    for (String what : List.of("durable", "staged everywhere", "active everywhere")) {
      assertThat(value(figures, what + " p50")).as(what).isPositive();
      assertThat(value(figures, what + " max"))
          .isGreaterThanOrEqualTo(value(figures, what + " p50"));
    }
    assertThat(value(figures, "active everywhere p50"))
        .isGreaterThan(value(figures, "durable p50"));
    assertThat(value(figures, "results")).isPositive();
    assertThat(figures.get("active everywhere p99").get("goal").getAsString()).isEqualTo("<= 700");
  }

  @Test
  void rollbackIsMeasuredFromItsCause() {
    Map<String, JsonObject> figures =
        figures("rollback", "--nodes", "5", "--rounds", "1", "--results", "0");
    assertThat(value(figures, "critical on the canary → reverted there p50")).isPositive();
    assertThat(value(figures, "critical after promotion → fleet back p50")).isPositive();
    assertThat(value(figures, "nodes that ran what the canary found out")).isZero();
  }

  private static double value(Map<String, JsonObject> figures, String name) {
    assertThat(figures).containsKey(name);
    return figures.get(name).get("value").getAsDouble();
  }

  private static Map<String, JsonObject> figures(String bench, String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of("bench", bench, "--json"));
    all.addAll(List.of(arguments));
    Cli.Result result = Cli.run(all.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.err()).isIn(0, 1); // how fast is not asked here
    assertThat(result.out()).as(result.err()).isNotBlank();
    return JsonParser.parseString(result.out())
        .getAsJsonObject()
        .getAsJsonArray("figures")
        .asList()
        .stream()
        .map(figure -> figure.getAsJsonObject())
        .collect(Collectors.toMap(figure -> figure.get("name").getAsString(), Function.identity()));
  }
}
