package dev.jiggety.desktop.testing;

import dev.jiggety.model.Envelope;
import dev.jiggety.model.LogExcerpt;
import dev.jiggety.model.Member;
import dev.jiggety.model.Member.Standing;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Members of all standings, a copied node, and the last lines of a log. */
public final class Enrolments {
  private Enrolments() {}

  /** A member with a tag, let in or sent away by ada. */
  public static Member member(String name, Standing standing, Instant since) {
    return new Member(name, new TreeSet<>(List.of("eu")), "", standing, since, "ada");
  }

  /** A secret that these nodes can open. */
  public static SealedSecret secret(String name, Instant since, String... nodes) {
    TreeMap<String, Envelope.Slip> slips = new TreeMap<>();
    for (String node : nodes) {
      slips.put(SealedSecret.node(node), new Envelope.Slip(node, new byte[4]));
    }
    return new SealedSecret(
        name, 1, 1, since, "ada", "o1", since, new Envelope(new byte[4], slips), new TreeSet<>());
  }

  /** A node that says that another process is it too. */
  public static NodeStatus cloned(NodeStatus node) {
    String notice = "another process is this node too, last heard at 12:00:00: enroll one anew";
    return new NodeStatus(
        node.name(),
        node.tags(),
        node.version(),
        node.startedAt(),
        node.heartbeatAt(),
        node.tests(),
        node.backlog(),
        node.quarantined(),
        node.lateness(),
        node.clockOffset(),
        node.configAt(),
        node.slots(),
        node.oldestUnsent(),
        node.lost(),
        new Vitals(10L << 30, 90L << 20, List.of(notice)));
  }

  /** The last lines of a node. */
  public static LogExcerpt log(String node, Instant now, int lines) {
    List<LogExcerpt.Line> all = new ArrayList<>();
    for (int i = lines; i > 0; i--) {
      LogExcerpt.Level level =
          switch (i) {
            case 3 -> LogExcerpt.Level.WARNING;
            case 2 -> LogExcerpt.Level.ERROR;
            default -> LogExcerpt.Level.INFO;
          };
      all.add(
          new LogExcerpt.Line(
              now.minusSeconds(i * 7L), level, "line " + i + ": the hub was away for 12 s"));
    }
    return new LogExcerpt(node, now.minus(Duration.ofHours(2)), now, all);
  }

  /** What an installation with some history has. */
  public static void fill(FakeHub hub, Instant now) {
    hub.enrolment().put(member("dublin-1", Standing.ACTIVE, now.minus(Duration.ofDays(3))));
    hub.enrolment().put(member("berlin-1", Standing.ACTIVE, now.minus(Duration.ofDays(3))));
    hub.enrolment().put(member("lyon-1", Standing.RETIRED, now.minus(Duration.ofDays(1))));
    hub.enrolment().put(member("rome-1", Standing.REVOKED, now.minus(Duration.ofHours(9))));
    hub.logs().report(log("dublin-1", now, 24));
    hub.logs().report(log("berlin-1", now, 24));
    hub.logs().report(log("oslo-1", now, 24));
  }
}
