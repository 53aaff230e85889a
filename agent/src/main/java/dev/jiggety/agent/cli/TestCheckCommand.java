package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.document.PlainDocuments;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import dev.jiggety.model.rules.TestRules;
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
    description = {
      "Check files: syntax, every field, every schedule. Needs no hub.",
      "Warns of what is allowed and still looks like a mistake."
    },
    footer = {"%nExample:", "  jiggety test check tests/"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TestCheckCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "YAML files, or folders of them.")
  private List<Path> paths;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    TestYaml.Written written = TestYaml.readEverything(paths);
    List<TestDefinition> tests = written.tests();
    for (TestDefinition test : tests) {
      out.println(test.id() + ": " + Schedules.inWords(test.schedule()));
      TestRules.advice(test)
          .forEach(advice -> err.println("jiggety: warning: " + test.id() + ": " + advice));
    }
    for (JsonObject document : written.documents()) {
      out.println(document.get("_id").getAsString() + ": " + PlainDocuments.name(document));
    }
    int others = written.documents().size();
    out.println(
        others == 0
            ? tests.size() + (tests.size() == 1 ? " test is right" : " tests are right")
            : "all is right: " + tests.size() + " of tests, " + others + " of other things");
  }
}
