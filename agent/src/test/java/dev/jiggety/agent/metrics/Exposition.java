package dev.jiggety.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a Prometheus endpoint answers, by the letter of OpenMetrics 1.0 or of the text format
 * 0.0.4; whatever is not as it should be fails the test.
 */
public final class Exposition {
  private static final Pattern META =
      Pattern.compile("# (HELP|TYPE|UNIT) ([a-zA-Z_:][\\w:]*) (.*)");
  private static final Pattern SERIES =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\n\"])*)\"(,|$)");
  private static final Map<String, List<String>> SUFFIXES =
      Map.of(
          "counter", List.of("_total", "_created"),
          "gauge", List.of(""),
          "histogram", List.of("_bucket", "_count", "_sum", "_created"),
          "summary", List.of("", "_count", "_sum", "_created"),
          "info", List.of("_info"),
          "unknown", List.of(""),
          "stateset", List.of(""));

  private final Map<String, Double> series = new LinkedHashMap<>();
  private final Map<String, String> types = new HashMap<>();

  private Exposition() {}

  /** Reads one; of OpenMetrics or not. */
  public static Exposition read(String text, boolean openMetrics) {
    Exposition read = new Exposition();
    assertThat(text).endsWith("\n").doesNotContain("\r");
    List<String> lines = new ArrayList<>(List.of(text.split("\n")));
    if (openMetrics) {
      assertThat(lines.removeLast()).isEqualTo("# EOF");
    }
    assertThat(lines).doesNotContain("# EOF", "");
    Set<String> closed = new HashSet<>();
    String family = "";
    for (String line : lines) {
      Matcher meta = META.matcher(line);
      String of;
      if (line.startsWith("#")) {
        assertThat(meta.matches()).as(line).isTrue();
        of = meta.group(2);
        if (meta.group(1).equals("TYPE")) {
          assertThat(read.types.put(of, meta.group(3))).as("two types: " + line).isNull();
        } else if (meta.group(1).equals("UNIT")) {
          assertThat(of).as("ends in its unit").endsWith("_" + meta.group(3));
        }
      } else {
        of = read.sample(line, family, openMetrics);
      }
      if (!of.equals(family)) {
        assertThat(closed).as("families are not mixed: " + line).doesNotContain(of);
        closed.add(family);
        family = of;
      }
    }
    read.checkHistograms();
    return read;
  }

  private String sample(String line, String family, boolean openMetrics) {
    Matcher sample = SERIES.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    String name = sample.group(1);
    String type = types.get(family);
    assertThat(type).as("a type before " + line).isNotNull();
    if (openMetrics || type.equals("histogram")) {
      assertThat(SUFFIXES.get(type).stream().map(it -> family + it)).as(line).contains(name);
    } else {
      assertThat(name).startsWith(family);
    }
    String labels = sample.group(2) == null ? "" : sample.group(2);
    int at = 0;
    Set<String> names = new HashSet<>();
    for (Matcher label = LABEL.matcher(labels); at < labels.length(); at = label.end()) {
      assertThat(label.find(at) && label.start() == at).as(line).isTrue();
      assertThat(names.add(label.group(1))).as("a label twice: " + line).isTrue();
    }
    String value = sample.group(3).replace("+Inf", "Infinity");
    double number = Double.parseDouble(value);
    if (type.equals("counter") || type.equals("histogram")) {
      assertThat(number).as(line).isGreaterThanOrEqualTo(0);
    }
    String key = labels.isEmpty() ? name : name + "{" + labels + "}";
    assertThat(series.put(key, number)).as("a series twice: " + line).isNull();
    return family;
  }

  private void checkHistograms() {
    types.forEach((name, type) -> {
      if (type.equals("histogram") && series.containsKey(name + "_count")) {
        List<Double> buckets =
            series.entrySet().stream()
                .filter(it -> it.getKey().startsWith(name + "_bucket{le="))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(buckets).isSorted();
        assertThat(buckets.getLast()).isEqualTo(series.get(name + "_count"));
        assertThat(series).containsKey(name + "_bucket{le=\"+Inf\"}");
      }
    });
  }

  /** By name and labels as they stand. */
  public Map<String, Double> series() {
    return series;
  }

  /** By the name of the family. */
  public Map<String, String> types() {
    return types;
  }
}
