package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.repository.TestWriter;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety apply}: makes the hub hold what the files say. */
@Command(
    name = "apply",
    description = "Make the hub hold the tests that these files describe.",
    footer = {"%nExample:", "  jiggety apply tests/"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ApplyCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Mixin private TestFiles files;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      ChangePlan plan = files.planFor(repositories.tests());
      plan.lines().forEach(out::println);
      if (plan.steps().isEmpty()) {
        return ExitCode.FINE;
      }
      List<String> refused =
          repositories.writer().submit(plan.edits()).stream()
              .filter(result -> !(result instanceof TestWriter.Done))
              .map(ApplyCommand::complaint)
              .toList();
      refused.forEach(spec.commandLine().getErr()::println);
      out.println(
          "applied " + (plan.steps().size() - refused.size()) + " of " + plan.steps().size());
      return refused.isEmpty() ? ExitCode.FINE : ExitCode.BAD;
    }
  }

  private static String complaint(TestWriter.Result result) {
    return switch (result) {
      case TestWriter.Conflict conflict ->
          "jiggety: " + conflict.testId() + ": somebody else changed it just now; run plan again";
      case TestWriter.Rejected rejected ->
          "jiggety: " + rejected.testId() + ": " + rejected.reason();
      case TestWriter.Done done -> "jiggety: " + done.testId() + ": done";
    };
  }
}
