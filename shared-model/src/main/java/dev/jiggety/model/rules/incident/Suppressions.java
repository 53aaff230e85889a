package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why nobody is told of an episode. */
final class Suppressions {
  /** Results need that long until a manager has heard of them. */
  private static final Duration TRAVEL = Duration.ofSeconds(15);

  private Suppressions() {}

  static @Nullable Suppression of(
      TestDefinition test, Episode episode, Surroundings around, Instant now) {
    if (episode.kind() == Kind.CERTIFICATE) {
      return null;
    }
    Instant at = episode.ended() == null ? now : episode.ended();
    return Stream.of(
            maintenance(test, episode, around, at),
            parents(test, episode, around, at),
            nodes(episode, around, at))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  /** What begins in a window, or while its last results are not in; as long as that. */
  private static Optional<Suppression> maintenance(
      TestDefinition test, Episode episode, Surroundings around, Instant at) {
    Duration settling = turn(test, at);
    for (Window window : around.windows()) {
      if (window.active() && window.isAbout(test)) {
        Optional<Windows.Span> span =
            Windows.spans(window, episode.began().minus(settling), at.plusMillis(1)).stream()
                .filter(one -> !episode.began().isBefore(one.from()))
                .filter(one -> episode.began().isBefore(one.to().plus(settling)))
                .filter(one -> at.isBefore(one.to().plus(settling)))
                .findFirst();
        if (span.isPresent()) {
          return Optional.of(
              new Suppression(
                  Suppression.Reason.MAINTENANCE,
                  "in the maintenance window " + window.name() + " until " + span.get().to()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Suppression> parents(
      TestDefinition test, Episode episode, Surroundings around, Instant at) {
    if (episode.group() != Episode.Group.TEST) {
      return Optional.empty();
    }
    for (Surroundings.Parent parent : around.parents().values()) {
      boolean isToBlame = // one that nobody runs any more stays as it was for ever
          parent.test().active()
              && parent.episodes().stream()
                  .filter(own -> own.kind() == Kind.DOWN || own.kind() == Kind.FLAPPING)
                  .anyMatch(own -> explains(own, parent.test(), episode, test, at));
      if (isToBlame) {
        return Optional.of(
            new Suppression(
                Suppression.Reason.DEPENDENCY,
                "it depends on " + parent.test().name() + ", which is down"));
      }
    }
    for (Surroundings.Parent parent : around.parents().values()) {
      Instant answered = episode.confirmed().plus(turn(parent.test(), at)).plus(TRAVEL);
      if (parent.test().active() && episode.isOpen() && at.isBefore(answered)) {
        return Optional.of(
            new Suppression(
                Suppression.Reason.DEPENDENCY,
                "until "
                    + answered.truncatedTo(ChronoUnit.SECONDS)
                    + " it may turn out that "
                    + parent.test().name()
                    + " is down, on which it depends"));
      }
    }
    return Optional.empty();
  }

  /** Whether the parent's trouble began no later, and is not long over. */
  private static boolean explains(
      Episode own, TestDefinition parent, Episode episode, TestDefinition test, Instant at) {
    Instant ended = own.ended();
    return !own.began().isAfter(episode.began().plus(turn(parent, at)))
        && !own.began().isAfter(at)
        && (ended == null || at.isBefore(ended.plus(turn(test, at))));
  }

  /** A node is told of once, not once for each of its tests. */
  private static Optional<Suppression> nodes(Episode episode, Surroundings around, Instant at) {
    if (episode.kind() != Kind.NO_DATA) {
      return Optional.empty();
    }
    boolean all =
        around.nodes().stream()
            .allMatch(node ->
                around.nodeTroubles().stream()
                    .filter(trouble -> trouble.subject().equals(node))
                    .anyMatch(trouble ->
                        !trouble.began().isAfter(at)
                            && (trouble.ended() == null
                                || episode.began().isBefore(trouble.ended()))));
    return all
        ? Optional.of(
            new Suppression(
                Suppression.Reason.DEPENDENCY,
                "its nodes have trouble: " + String.join(", ", around.nodes())))
        : Optional.empty();
  }

  /** Until all nodes have run a test once more. */
  private static Duration turn(TestDefinition test, Instant at) {
    return Freshness.interval(test, at).plus(Freshness.longestRun(test));
  }
}
