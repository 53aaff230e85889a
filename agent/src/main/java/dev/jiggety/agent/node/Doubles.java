package dev.jiggety.agent.node;

import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.rules.Instances;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Notices that another process is this node as well: its folder was copied, or its identity was
 * stolen. The node goes on testing, since nobody can tell from here which of the two is the right
 * one, and whoever copies an identity must not be able to silence the node. For one thread that
 * reports; {@link #notices} for any.
 */
final class Doubles {
  private static final Logger LOG = System.getLogger(Doubles.class.getName());
  private static final int BYTES = 8;

  /** It is said for so long after the other one was heard last. */
  private static final Duration SHOWN = Duration.ofMinutes(10);

  private final String instance;
  private final InstantSource clock;
  private final Instances instances = new Instances();

  private final AtomicReference<@Nullable Instant> noticed = new AtomicReference<>();

  Doubles(InstantSource clock) {
    this.clock = clock;
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    this.instance = HexFormat.of().formatHex(bytes);
  }

  /** Which process this is. */
  String instance() {
    return instance;
  }

  /** This process reports. */
  void spoke(NodeStatus own) {
    instances.hear(own.instance(), own.heartbeatAt());
  }

  /** What somebody has written in the place of the last report; this process itself, mostly. */
  void heard(NodeStatus found) {
    if (found.instance().equals(instance)) {
      return; // a report whose answer was lost
    }
    if (!instances.hear(found.instance(), found.heartbeatAt())) {
      return;
    }
    boolean isNews = notices().isEmpty();
    noticed.set(clock.instant());
    if (isNews) {
      LOG.log(
          Level.WARNING,
          "another process reports as the node {0} too, which began at {1}",
          found.name(),
          found.startedAt());
    }
  }

  /** What people should look at. */
  List<String> notices() {
    Instant at = noticed.get();
    return at == null || at.plus(SHOWN).isBefore(clock.instant())
        ? List.of()
        : List.of(
            "another process is this node too, last heard at %s: enroll one of them anew, or revoke it if it was stolen"
                .formatted(at));
  }
}
