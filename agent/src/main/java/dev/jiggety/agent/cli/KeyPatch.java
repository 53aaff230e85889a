package dev.jiggety.agent.cli;

import dev.jiggety.base.Problem;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.ConfigurationRules;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Patch;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
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
      Instant now = Instant.now();
      Patch patch =
          new Patch(
              PatchIds.of(now, new SecureRandom()),
              mine.trusted().name(),
              now,
              comment == null ? what : comment,
              StrategyChoice.SWIFT,
              now.plus(LIFETIME),
              wanted);
      patches.submit(patch, mine);
      spec.commandLine()
          .getOut()
          .println(
              "handed in as patch %s: %s; see: jiggety patch show %s"
                  .formatted(patch.id(), what, patch.id()));
    }
  }

  private static void refuse(Configuration inForce, List<Change> changes) {
    Stream<Problem> whole =
        Digests.apply(inForce, changes) instanceof Digests.Done(Configuration after)
            ? ConfigurationRules.problems(after).stream()
            : Stream.empty();
    List<Problem> problems =
        Stream.concat(
                changes.stream().flatMap(change -> ConfigurationRules.problems(change).stream()),
                whole)
            .toList();
    if (!problems.isEmpty()) {
      throw new CliException(
          ExitCode.BAD, String.join("\n", problems.stream().map(Problem::toString).toList()));
    }
  }
}
