package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.document.ConfigurationRules;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Change;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.model.rules.PatchRules;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.signing.SigningKey;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Makes a patch of changes, checks it as the manager will, signs it, and hands it in. */
final class Submission {
  private final PatchRepository patches;
  private final SigningKey key;
  private final PatchOptions options;
  private final PrintWriter out;
  private final PrintWriter err;

  Submission(
      PatchRepository patches,
      SigningKey key,
      PatchOptions options,
      PrintWriter out,
      PrintWriter err) {
    this.patches = patches;
    this.key = key;
    this.options = options;
    this.out = out;
    this.err = err;
  }

  /**
   * Hands the changes in.
   *
   * @param changes at least one
   * @param comment why, unless the options say so
   * @param wait whether to wait until it is decided
   * @return the exit code
   */
  int submit(List<Change> changes, String comment, boolean wait) {
    return submit(changes, new StrategyChoice.Named(options.strategy), comment, wait);
  }

  /** The same, carried out like that whatever the options say. */
  int submit(List<Change> changes, StrategyChoice how, String comment, boolean wait) {
    Instant now = Instant.now();
    Patch patch =
        new Patch(
            PatchIds.of(now, new SecureRandom()),
            key.trusted().name(),
            now,
            options.comment == null ? comment : options.comment,
            how,
            now.plus(options.expires),
            changes);
    refuse(patch);
    if (!wait) {
      patches.submit(patch, key);
      sayHandedIn(patch);
      return ExitCode.FINE;
    }
    try (PatchWait waiting = new PatchWait(patches, patch, out, err, options.json)) {
      patches.submit(patch, key);
      return waiting.await();
    }
  }

  private void sayHandedIn(Patch patch) {
    if (options.json) {
      JsonObject line = new JsonObject();
      line.addProperty("patch", patch.id());
      line.addProperty("state", "submitted");
      out.println(line);
    } else {
      out.println(
          "handed in as patch %s: %s; see: jiggety patch show %s"
              .formatted(patch.id(), patch.comment(), patch.id()));
    }
  }

  private void refuse(Patch patch) {
    List<Problem> problems =
        Stream.concat(
                PatchRules.problems(patch).stream(),
                patch.changes().stream()
                    .flatMap(change -> ConfigurationRules.problems(change).stream()))
            .toList();
    if (!problems.isEmpty()) {
      throw new CliException(
          ExitCode.BAD, String.join("\n", problems.stream().map(Problem::toString).toList()));
    }
    String name = options.strategy;
    if (Strategy.preset(name).isEmpty()
        && !patches.inForce().documents().containsKey(Ids.strategy(name))) {
      throw new CliException(
          ExitCode.USAGE,
          "there is no strategy \""
              + name
              + "\"; choose one of "
              + String.join(", ", Strategy.PRESETS.stream().map(Strategy::name).toList())
              + ", or put your own in force first");
    }
  }
}
