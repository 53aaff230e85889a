package dev.jiggety.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.page.PageProbe;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/guide/pages.md is a test that passes in the demo's shop. */
class PagesPageTest {
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

  @TempDir Path folder;

  @Test
  void theExampleRuns() throws Exception {
    List<String> examples =
        YAML.matcher(Files.readString(Path.of("../docs/guide/pages.md")))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(examples).isNotEmpty();
    try (SampleShop shop = SampleShop.open(0)) {
      for (String example : examples) {
        TestDefinition test = read(example.replace("https://shop.example/", shop.url() + "/"));
        assertThat(TestRules.problems(test)).isEmpty();
        assertThat(test.check()).isInstanceOf(Check.Page.class);
        Sample sample =
            new PageProbe()
                .measure(new Probe.Request(test.check(), Duration.ofMinutes(1), test.assertions()));
        // On a busy machine a page may be slow. That is said only where all else is as asked for.
        assertThat(sample.failure())
            .satisfiesAnyOf(
                failure -> assertThat(failure).isNull(),
                failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.SLOW));
        assertThat(sample.findings().page().requests()).isPositive();
      }
    }
  }

  private TestDefinition read(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("page.yaml"), yaml);
    return TestYaml.readAll(List.of(file)).getFirst();
  }
}
