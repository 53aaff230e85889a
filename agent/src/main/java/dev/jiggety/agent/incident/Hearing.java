package dev.jiggety.agent.incident;

import dev.jiggety.model.NodeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether what is heard of the hub is enough to judge by. While the hub is away, nothing is; when
 * it is back, nodes deliver one after the other, so that for a while the silence of the others
 * means nothing. Not thread-safe.
 */
final class Hearing {
  /** After that nobody is waited for any more. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

  /** Of all nodes one at least says something sooner than that. */
  static final Duration QUIET = Duration.ofSeconds(45);

  /** A node that was silent for that long before is not waited for. */
  private static final Duration LONG_AWAY = Duration.ofMinutes(10);

  private static final Duration RECENT = Duration.ofSeconds(75);

  private final Map<String, Instant> heard = new HashMap<>();
  private final Set<String> expected = new HashSet<>();
  private Instant lostAt;
  private boolean isFirst = true;
  private boolean isSettled;
  private @Nullable Instant connectedAt;
  private Instant lastSign;

  /** A span in which it heard nothing, or not everybody. */
  record Deaf(Instant from, Instant to) {}

  Hearing(Instant begin) {
    lostAt = begin;
    lastSign = begin;
  }

  void connected(Instant now) {
    if (connectedAt == null) {
      connectedAt = now;
      lastSign = now;
      expected.clear();
      Instant earliest = (isFirst ? now : lostAt).minus(LONG_AWAY);
      heard.forEach((node, at) -> {
        if (at.isAfter(earliest)) {
          expected.add(node);
        }
      });
    }
  }

  void away(Instant now) {
    if (connectedAt != null) {
      connectedAt = null;
      lostAt = isSettled ? now : lostAt;
      isSettled = false;
    }
  }

  /** Nothing was heard for long, and the hub does not answer either. */
  void deaf() {
    if (connectedAt != null) {
      connectedAt = null;
      lostAt = isSettled ? lastSign : lostAt;
      isSettled = false;
    }
  }

  void node(NodeStatus status) {
    Duration offset = status.clockOffset();
    heard.merge(
        status.name(),
        offset == null ? status.heartbeatAt() : status.heartbeatAt().plus(offset),
        (one, other) -> one.isAfter(other) ? one : other);
  }

  void gone(String node) {
    heard.remove(node);
    expected.remove(node);
  }

  /** Something was heard, whatever. */
  void sign(Instant now) {
    lastSign = now;
  }

  /** Whether nobody said anything for so long that the hub has to be asked whether it is there. */
  boolean isQuiet(Instant now) {
    return !heard.isEmpty() && Duration.between(lastSign, now).compareTo(QUIET) > 0;
  }

  boolean isConnected() {
    return connectedAt != null;
  }

  boolean isSettled() {
    return isSettled;
  }

  /** Whether enough was heard at any time, so that all that there was before is known. */
  boolean wasSettled() {
    return !isFirst;
  }

  /** Looks whether enough was heard by now; tells how long it was not, when that is over. */
  Optional<Deaf> look(Instant now) {
    Instant since = connectedAt;
    if (isSettled || since == null) {
      return Optional.empty();
    }
    boolean isEnough =
        isFirst
            // Whoever reached the hub a moment ago shows that the others could have.
            ? expected.isEmpty() || expected.stream().anyMatch(it -> isHeard(it, since, RECENT))
            : expected.stream().allMatch(it -> isHeard(it, since, Duration.ZERO));
    if (!isEnough && now.isBefore(since.plus(LONGEST_WAIT))) {
      return Optional.empty();
    }
    isSettled = true;
    isFirst = false;
    return Optional.of(new Deaf(lostAt, now));
  }

  private boolean isHeard(String node, Instant since, Duration slack) {
    Instant at = heard.get(node);
    return at != null && !at.isBefore(since.minus(slack));
  }
}
