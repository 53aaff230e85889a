package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SigningKey;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety patch submit}: makes a patch of files. */
@Command(
    name = "submit",
    description = {
      "Hand in a patch that makes the tests be what these files describe.",
      "With --wait, ends with 1 when it was turned back, and says why."
    },
    footer = {
      "%nExample:",
      "  jiggety patch submit tests/ --comment \"slower timeout\" --wait",
      "  jiggety patch submit shop.yaml --strategy waves"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PatchSubmitCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Mixin private KeyOption key;
  @Mixin private TestFiles files;
  @Mixin private PatchOptions options;
  @Spec private CommandSpec spec;

  @Option(names = "--wait", description = "Show how far it is until it is decided.")
  private boolean wait;

  @Override
  public Integer call() {
    return run(hub, key, files, options, wait, spec);
  }

  /** The same for {@code apply}. */
  static int run(
      HubOption hub,
      KeyOption key,
      TestFiles files,
      PatchOptions options,
      boolean wait,
      CommandSpec spec) {
    var out = spec.commandLine().getOut();
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      ChangePlan plan = files.planFor(repositories);
      if (!options.json) {
        plan.lines().forEach(out::println);
      }
      if (plan.steps().isEmpty()) {
        if (options.json) {
          out.println("{\"state\":\"nothing-to-do\"}");
        }
        return ExitCode.FINE;
      }
      SigningKey mine = key.open();
      var submission =
          new Submission(repositories.patches(), mine, options, out, spec.commandLine().getErr());
      return submission.submit(plan.changes(), files.names(), wait);
    }
  }
}
