package dev.jiggety.agent.probe.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Failure;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Each command, good and bad: the table is in {@code commands.csv}. */
class CommandsTest {
  private final Scripts scripts = new Scripts();

  /**
   * A row.
   *
   * @param script lines, separated by {@code ¶}; {@code ~} stands for the address of the shop
   * @param failure the text that it fails with, after the line; empty when it passes
   * @param effect what the browser did or a step wrote in the end; empty for anything
   */
  @ParameterizedTest
  @CsvFileSource(resources = "commands.csv", delimiter = '¦', quoteCharacter = '`')
  void does(String script, String failure, String effect) {
    String[] lines = at(script).split("¶", -1);
    Sample sample = scripts.run(lines);
    Failure found = sample.failure();
    String last = "line " + lines.length + ": " + lines[lines.length - 1].strip() + ": ";
    assertThat(found == null ? null : found.text())
        .isEqualTo(failure == null ? null : last + at(failure));
    if (effect != null) {
      String written = sample.findings().steps().getLast().output();
      assertThat(effect)
          .as(
              scripts.site.log()
                  + " "
                  + sample.findings().steps().stream().map(Step::output).toList())
          .satisfiesAnyOf(
              text -> assertThat(scripts.site.log()).contains(at(text)),
              text -> assertThat(written).contains(at(text)));
    }
  }

  private static String at(String text) {
    return text.replace("~/", FakeSite.AT + "/");
  }
}
