package dev.jiggety.agent.cli;

import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety test check}: is what these files say right? */
@Command(
    name = "check",
    description = "Check files: syntax, every field, every schedule. Needs no hub.",
    footer = {"%nExample:", "  jiggety test check tests/"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TestCheckCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "YAML files, or folders of them.")
  private List<Path> paths;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    List<TestDefinition> tests = TestYaml.readAll(paths);
    for (TestDefinition test : tests) {
      out.println(test.id() + ": " + Schedules.inWords(test.schedule()));
    }
    out.println(tests.size() + (tests.size() == 1 ? " test is right" : " tests are right"));
  }
}
