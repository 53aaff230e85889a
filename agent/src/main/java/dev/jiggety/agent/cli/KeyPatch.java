package dev.jiggety.agent.cli;

import dev.jiggety.base.Problem;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.ConfigurationRules;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SigningKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Hands in a patch that changes who is trusted. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class KeyPatch {
  /** Long enough for a queue that is held over the night. */
  private static final Duration LIFETIME = Duration.ofDays(1);

  @Mixin private HubOption hub;
  @Mixin private KeyOption key;

  @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for the record.")
  private @Nullable String comment;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /**
   * Makes the patch, checks it as the manager will, and hands it in.
   *
   * @param changes what to change in what is in force; nothing where it is so already
   * @param what it is, for the record
   */
  void submit(Function<Configuration, List<Change>> changes, String what) {
    SigningKey mine = key.open();
    try (Hub open = hub.open()) {
      PatchRepository patches = new CouchRepositories(open, hub.names()).patches();
      Configuration inForce = patches.inForce();
      List<Change> wanted = changes.apply(inForce);
      if (wanted.isEmpty()) {
        spec.commandLine().getOut().println("nothing to do: it is so already");
        return;
      }
      refuse(inForce, wanted);
      PatchOptions options = new PatchOptions();
      options.strategy = Strategy.SWIFT.name();
      options.expires = LIFETIME;
      options.comment = comment;
      new Submission(
              patches, mine, options, spec.commandLine().getOut(), spec.commandLine().getErr())
          .submit(wanted, what, false);
    }
  }

  /** What is wrong with the whole of it; each change by itself is checked when it is handed in. */
  private static void refuse(Configuration inForce, List<Change> changes) {
    List<Problem> problems =
        Digests.apply(inForce, changes) instanceof Digests.Done(Configuration after)
            ? ConfigurationRules.problems(after)
            : List.of();
    if (!problems.isEmpty()) {
      throw new CliException(
          ExitCode.BAD, String.join("\n", problems.stream().map(Problem::toString).toList()));
    }
  }
}
