package dev.jiggety.agent.cli;

import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.manager.ManagerStatus;
import dev.jiggety.agent.manager.PatchManager;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.agent.service.Notifier;
import dev.jiggety.agent.service.Sign;
import dev.jiggety.agent.service.Vigil;
import dev.jiggety.agent.vitals.Pulse;
import dev.jiggety.model.NodeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What counts as a sign of life of each role, and as being ready. */
final class Vigils {
  /** It looks at the clocks twice a second. */
  private static final Duration SCHEDULER = Duration.ofSeconds(15);

  private static final Duration THREADS = Duration.ofSeconds(30);

  /** A step may ask a slow hub several times. */
  private static final Duration MANAGER = Duration.ofMinutes(5);

  private Vigils() {}

  /** Something that is watched, and that must be closed before what it watches. */
  private record Watch(Pulse pulse, Vigil vigil) implements Closing {
    @Override
    public void close() {
      vigil.close();
      pulse.close();
    }
  }

  /** A node serves as soon as its scheduler runs: it needs no hub for that. */
  static Closing over(TestingNode node) {
    Notifier notifier = Notifier.fromEnvironment();
    if (!notifier.isWanted()) {
      return Closing.NOTHING;
    }
    Pulse threads = threads();
    Sign scheduler = new Sign("the scheduler", node::sinceLook, SCHEDULER);
    return new Watch(
        threads,
        Vigil.begin(
            notifier,
            new Vigil.Watched(
                () -> node.sinceLook().compareTo(SCHEDULER) < 0,
                () -> text(node),
                List.of(scheduler, new Sign("the node's threads", threads::since, THREADS)))));
  }

  /** A manager serves as soon as it stands in line, also while another one is active. */
  static Closing over(PatchManager manager) {
    Notifier notifier = Notifier.fromEnvironment();
    if (!notifier.isWanted()) {
      return Closing.NOTHING;
    }
    Pulse threads = threads();
    return new Watch(
        threads,
        Vigil.begin(
            notifier,
            new Vigil.Watched(
                () -> true,
                () -> text(manager.status()),
                List.of(
                    new Sign("the patch manager", manager::sinceStep, MANAGER),
                    new Sign("the manager's threads", threads::since, THREADS)))));
  }

  /** A hub serves as soon as it listens; its own threads must reach its databases. */
  static Closing over(EmbeddedHub hub) {
    Notifier notifier = Notifier.fromEnvironment();
    if (!notifier.isWanted()) {
      return Closing.NOTHING;
    }
    Pulse threads = Pulse.start("hub", hub::execute, () -> {});
    return new Watch(
        threads,
        Vigil.begin(
            notifier,
            new Vigil.Watched(
                () -> true,
                () -> "listening on " + hub.url(),
                List.of(new Sign("the hub", threads::since, THREADS)))));
  }

  private static Pulse threads() {
    return Pulse.start("threads", task -> Thread.ofVirtual().name("pulse").start(task), () -> {});
  }

  private static String text(TestingNode node) {
    NodeStatus status = node.status();
    return "%s: %d tests, the hub is %s%s"
        .formatted(
            status.name(),
            status.tests(),
            node.isConnected() ? "there" : "away",
            status.backlog() > BACKLOG ? ", results wait for it" : "");
  }

  /** Fewer come and go with every flush. */
  private static final long BACKLOG = 1_000;

  private static String text(ManagerStatus status) {
    String stand = status.stand().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return status.name()
        + " is "
        + stand
        + (status.reason().isEmpty() ? "" : ": " + status.reason());
  }
}
