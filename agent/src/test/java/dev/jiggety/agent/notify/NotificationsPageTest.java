package dev.jiggety.agent.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.document.yaml.TestYaml.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows can be put in force as it stands. */
class NotificationsPageTest {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void everyExampleIsRightAndEveryKindOfChannelIsThere() throws IOException {
    List<String> examples =
        YAML.matcher(Files.readString(page())).results().map(found -> found.group(1)).toList();
    for (int i = 0; i < examples.size(); i++) {
      Files.writeString(folder.resolve(i + ".yaml"), examples.get(i));
    }
    Written written = TestYaml.readEverything(List.of(folder));
    assertThat(written.documents())
        .filteredOn(document -> document.has("kind"))
        .extracting(document -> document.get("kind").getAsString())
        .contains("mail", "slack", "teams", "discord", "pagerduty", "webhook", "command");
    assertThat(written.documents())
        .extracting(document -> document.get("type").getAsString())
        .contains("policy");
    String again = String.join("---\n", written.documents().stream().map(TestYaml::write).toList());
    assertThat(again)
        .isEqualTo(
            String.join(
                "---\n",
                TestYaml.readEverything(
                        List.of(Files.writeString(folder.resolve("all.txt"), again)))
                    .documents()
                    .stream()
                    .map(TestYaml::write)
                    .toList()));
  }

  private static Path page() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path page = up.resolve("docs/guide/notifications.md");
      if (Files.exists(page)) {
        return page;
      }
    }
    throw new AssertionError("no docs/guide/notifications.md above");
  }
}
