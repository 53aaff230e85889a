package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.model.Cause;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What operators ask of a rollout: signed, handed in, and answered by the patch manager. */
final class PatchActs {
  /** A manager that takes over answers within a few seconds. */
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private PatchActs() {}

  /** {@code jiggety patch pause}. */
  @Command(
      name = "pause",
      description = "Stop a rollout where it is; nodes keep what they run.",
      footer = {"%nExample:", "  jiggety patch pause 20261121-100000-0a1b2c3d4e"})
  static final class Pause extends Act {
    Pause() {
      super(Cause.Act.PAUSE);
    }
  }

  /** {@code jiggety patch resume}. */
  @Command(
      name = "resume",
      description = "Let a paused rollout go on.",
      footer = {"%nExample:", "  jiggety patch resume 20261121-100000-0a1b2c3d4e"})
  static final class Resume extends Act {
    Resume() {
      super(Cause.Act.RESUME);
    }
  }

  /** {@code jiggety patch abort}. */
  @Command(
      name = "abort",
      description = "End a rollout: what it has changed goes back at once.",
      footer = {"%nExample:", "  jiggety patch abort 20261121-100000-0a1b2c3d4e --reason oops"})
  static final class Abort extends Act {
    Abort() {
      super(Cause.Act.ABORT);
    }
  }

  /** {@code jiggety patch cancel}. */
  @Command(
      name = "cancel",
      description = "Take a patch back before it has touched anything.",
      footer = {"%nExample:", "  jiggety patch cancel 20261121-100000-0a1b2c3d4e"})
  static final class Cancel extends Act {
    Cancel() {
      super(Cause.Act.CANCEL);
    }
  }

  /** {@code jiggety patch approve}. */
  @Command(
      name = "approve",
      description = "Agree, as the second operator.",
      footer = {"%nExample:", "  jiggety patch approve 20261121-100000-0a1b2c3d4e"})
  static final class Approve extends Act {
    Approve() {
      super(Cause.Act.APPROVE);
    }
  }

  /** {@code jiggety patch deny}. */
  @Command(
      name = "deny",
      description = "Disagree, as the second operator.",
      footer = {
        "%nExample:",
        "  jiggety patch deny 20261121-100000-0a1b2c3d4e --reason \"not now\""
      })
  static final class Deny extends Act {
    Deny() {
      super(Cause.Act.DENY);
    }
  }

  /** {@code jiggety patch retry}. */
  @Command(
      name = "retry",
      description = "Try a held patch again, when the obstacle is mended.",
      footer = {"%nExample:", "  jiggety patch retry 20261121-100000-0a1b2c3d4e"})
  static final class Retry extends Act {
    Retry() {
      super(Cause.Act.RETRY);
    }
  }

  /** {@code jiggety patch skip}. */
  @Command(
      name = "skip",
      description = "Give a held patch up, so that the others go on.",
      footer = {"%nExample:", "  jiggety patch skip 20261121-100000-0a1b2c3d4e"})
  static final class Skip extends Act {
    Skip() {
      super(Cause.Act.SKIP);
    }
  }

  /** What all of them have. */
  @SuppressWarnings("NullAway.Init") // picocli fills the fields
  abstract static class Act implements Callable<Integer> {
    private final Cause.Act act;

    @Mixin private HubOption hub;
    @Mixin private KeyOption key;
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The patch, or a rollout of it.")
    private String id;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private String reason = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    Act(Cause.Act act) {
      this.act = act;
    }

    @Override
    public Integer call() {
      SigningKey mine = key.openForPatches();
      try (Hub open = hub.open()) {
        PatchRepository patches = new CouchRepositories(open, hub.names()).patches();
        Rollout rollout = PatchWatch.find(patches, id);
        return report(send(patches, rollout.id(), act, reason, mine), spec, json);
      }
    }
  }

  /** Hands a command in and waits for the answer. */
  static CommandAnswer send(
      PatchRepository patches, String rolloutId, Cause.Act act, String reason, SigningKey key) {
    Instant now = Instant.now();
    var command =
        new OperatorCommand(
            PatchIds.of(now, new SecureRandom()),
            rolloutId,
            act,
            key.trusted().name(),
            reason,
            now);
    patches.command(command, key);
    long until = System.nanoTime() + LONGEST_ANSWER.toNanos();
    while (true) {
      Optional<CommandAnswer> answer = patches.answer(command.id());
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() - until >= 0) {
        throw new CliException(
            ExitCode.BAD,
            "handed in, but no patch manager has answered within %d s; is one running? Start one with: jiggety manager"
                .formatted(LONGEST_ANSWER.toSeconds()));
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CliException(ExitCode.BAD, "interrupted; the command is handed in");
      }
    }
  }

  /** Says what became of a command. */
  static int report(CommandAnswer answer, CommandSpec spec, boolean json) {
    if (json) {
      JsonObject line = new JsonObject();
      line.addProperty("command", answer.command());
      line.addProperty("done", answer.done());
      line.addProperty("text", answer.text());
      spec.commandLine().getOut().println(line);
    } else if (answer.done()) {
      spec.commandLine().getOut().println(answer.text().isEmpty() ? "done" : answer.text());
    } else {
      spec.commandLine().getErr().println("jiggety: " + answer.text());
    }
    return answer.done() ? ExitCode.FINE : ExitCode.BAD;
  }
}
