package dev.jiggety.agent.cli;

import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.IncidentAct.Act;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What people say of incidents. */
final class IncidentActs {
  private IncidentActs() {}

  /** {@code jiggety incidents acknowledge}. */
  @Command(
      name = "acknowledge",
      description = "Say that you look after it: no reminders and no escalation any more.",
      footer = {
        "%nExample:",
        "  jiggety incidents acknowledge 20261122T101503120:test:shop \"I call the host\""
      })
  static final class Acknowledge extends Said {
    Acknowledge() {
      super(Act.ACKNOWLEDGE, "you look after it");
    }
  }

  /** {@code jiggety incidents unacknowledge}. */
  @Command(
      name = "unacknowledge",
      description = "Say that nobody looks after it any more.",
      footer = {
        "%nExample:",
        "  jiggety incidents unacknowledge 20261122T101503120:test:shop \"not my site\""
      })
  static final class Unacknowledge extends Said {
    Unacknowledge() {
      super(Act.UNACKNOWLEDGE, "nobody looks after it any more");
    }
  }

  /** {@code jiggety incidents comment}. */
  @Command(
      name = "comment",
      description = "Add a remark to it.",
      footer = {
        "%nExample:",
        "  jiggety incidents comment 20261122T101503120:test:shop \"it was the cable\""
      })
  static final class Comment extends Said {
    Comment() {
      super(Act.COMMENT, "the remark is kept");
    }
  }

  /** {@code jiggety incidents mute}. */
  @Command(
      name = "mute",
      description = "Tell nobody of it any more.",
      footer = {"%nExample:", "  jiggety incidents mute 20261122T101503120:test:shop"})
  static final class Mute extends Said {
    Mute() {
      super(Act.MUTE, "nobody is told of it any more");
    }
  }

  /** What all of them have. */
  @SuppressWarnings("NullAway.Init") // picocli fills the fields
  abstract static class Said implements Callable<Integer> {
    private final Act act;
    private final String done;

    @Mixin private HubOption hub;
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "ID", description = "The incident.")
    private String id;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "For the record.")
    private String text = "";

    @Option(
        names = "--by",
        paramLabel = "NAME",
        description = "Who you are, where the hub asks nobody for a name.")
    private @Nullable String by;

    Said(Act act, String done) {
      this.act = act;
      this.done = done;
    }

    @Override
    public Integer call() {
      Instant now = Instant.now();
      String who = who();
      if (act == Act.COMMENT && text.isBlank()) {
        throw new CliException(ExitCode.USAGE, "say what you want to remark: comment ID TEXT");
      }
      try (Hub open = hub.open()) {
        IncidentRepository incidents = new CouchRepositories(open, hub.names()).incidents();
        Incident incident = IncidentShowCommand.find(incidents, id);
        incidents.act(
            new IncidentAct(
                PatchIds.of(now, new SecureRandom()), incident.id(), act, who, text, now));
      }
      spec.commandLine().getOut().println(done);
      return ExitCode.FINE;
    }

    private String who() {
      String account = hub.address().credentials().map(Credentials::user).orElse(null);
      if (by != null) {
        return by;
      }
      return account != null ? account : System.getProperty("user.name", "nobody");
    }
  }
}
