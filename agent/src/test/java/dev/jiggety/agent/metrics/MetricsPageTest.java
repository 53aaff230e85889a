package dev.jiggety.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/operations/metrics.md has all names that the code gives, and no other. */
class MetricsPageTest {
  private static final Pattern GIVEN =
      Pattern.compile("(?s)\\.(gauge|counter|name)\\(\\s*\"((?:jiggety|probe)_[a-z_]+)\"");
  private static final Pattern WRITTEN = Pattern.compile("`((?:jiggety|probe)_[a-z_]+)`");

  @Test
  void thePageNamesWhatThereIs() throws IOException {
    Path root = root();
    Set<String> given = new TreeSet<>();
    Path sources = root.resolve("agent/src/main/java/dev/jiggety/agent/metrics");
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : files.toList()) {
        Matcher name = GIVEN.matcher(Files.readString(file));
        while (name.find()) {
          given.add(name.group(2) + (name.group(1).equals("counter") ? "_total" : ""));
        }
      }
    }
    Set<String> written = new TreeSet<>();
    Matcher name = WRITTEN.matcher(Files.readString(root.resolve("docs/operations/metrics.md")));
    while (name.find()) {
      written.add(name.group(1));
    }
    assertThat(given).hasSizeGreaterThan(40).isEqualTo(written);
  }

  private static Path root() {
    Path up = Path.of("").toAbsolutePath();
    while (!Files.exists(up.resolve("docs/operations/metrics.md"))) {
      up = up.getParent();
    }
    return up;
  }
}
