package dev.jiggety.document.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Pages;
import dev.jiggety.document.yaml.TestYaml.Written;
import dev.jiggety.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels, policies and the like in files, beside tests. */
class OtherDocumentsYamlTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"channel", "policy"})
  void whatIsWrittenIsReadAgainAndHasOneSpelling(String type) throws IOException {
    for (JsonObject example : Pages.examples(type)) {
      String yaml = TestYaml.write(example);
      assertThat(yaml).startsWith(type + ":\n  id: ");
      Written read = read(yaml);
      assertThat(read.documents()).containsExactly(example);
      assertThat(TestYaml.write(read.documents().getFirst())).isEqualTo(yaml);
    }
  }

  @Test
  void theyStandBesideTestsInOneFile() throws IOException {
    String test = TestYaml.write(Samples.test("shop"));
    String channel = TestYaml.write(Pages.examples("channel").getLast());
    Written read = read(channel + "---\n" + test);
    assertThat(read.tests()).containsExactly(Samples.test("shop"));
    assertThat(read.documents()).hasSize(1);
    assertThatThrownBy(() -> read(channel + "---\n" + channel))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("\"channel:sms\" is used twice");
    assertThatThrownBy(() -> TestYaml.readAll(List.of(file(channel))))
        .hasMessageContaining("there is no test here");
  }

  @Test
  void whatIsWrongIsSaidWithItsPlace() {
    assertThatThrownBy(() -> read("channel:\n  id: sms\n  kind: commando\n"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("all.yaml:3:3: channel.kind: \"commando\" is not one of mail");
    assertThatThrownBy(() ->
            read(
                """
                channel:
                  id: sms
                  kind: command
                  command:
                    program: ../sh
                    argument: [a]
                """))
        .hasMessageContaining(
            "all.yaml:6:5: channel.command.argument: unknown field; did you mean");
    assertThatThrownBy(
            () -> read("channel:\n  id: sms\n  kind: command\n  command:\n    program: ../sh\n"))
        .hasMessageContaining("all.yaml:5:5: channel.command.program: must be the name of a file");
    assertThatThrownBy(() -> read("policy:\n  id: x\n  steps: []\nid: y\n"))
        .hasMessageContaining("all.yaml:4:1: id: must not stand beside \"policy\"");
    assertThatThrownBy(() -> read("policy: x\n")).hasMessageContaining("must be an object");
  }

  private Written read(String yaml) throws IOException {
    return TestYaml.readEverything(List.of(file(yaml)));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("all.yaml"), yaml);
  }
}
