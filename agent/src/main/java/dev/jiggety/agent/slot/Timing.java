package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.Hearing;
import dev.jiggety.model.Head;
import dev.jiggety.model.rules.Heads;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What time brings: what is over, what is asked for again, and what grows old unheard. */
final class Timing {
  /** A feed that was lost for longer makes the configuration stale. */
  static final Duration STALE = Duration.ofMinutes(5);

  private Timing() {}

  /** When something has to be done though nothing happens; empty for never. */
  static Optional<Duration> wake(SlotState state, Moment now) {
    Moment since = state.waiting().since();
    Moment nextPull = state.waiting().nextPull();
    Instant lost = state.hearing().lostSince();
    Head head = state.head();
    boolean stale = state.hearing().stale();
    return Stream.of(
            state.deadline() == null ? null : Duration.ofNanos(state.deadline() - now.nanos()),
            since == null || now.since(since).compareTo(Lacking.GRACE) >= 0
                ? null
                : Lacking.GRACE.minus(now.since(since)),
            nextPull == null ? null : Duration.ofNanos(nextPull.nanos() - now.nanos()),
            lost == null || stale ? null : Duration.between(now.wall(), lost.plus(STALE)),
            head == null || stale ? null : Duration.between(now.wall(), head.expires()))
        .<Duration>mapMulti((wait, next) -> {
          if (wait != null) {
            next.accept(wait.isNegative() ? Duration.ZERO : wait);
          }
        })
        .min(Duration::compareTo);
  }

  /** Time has passed. */
  static void passed(SlotDraft draft) {
    Head head = draft.head();
    Long deadline = draft.deadline;
    boolean isOver = deadline != null && draft.now.isAt(deadline);
    if (head != null && isOver) {
      if (Trials.isUnconfirmed(draft, head)) {
        Trials.goBack(draft, head, SlotWords.unconfirmed(head));
      } else {
        draft.deadline = null;
        draft.confirmBy = null;
        draft.markBad(head.active(), SlotWords.tooSlow(head));
      }
    }
    Moment since = draft.waiting.since();
    Moment nextPull = draft.waiting.nextPull();
    boolean isDue =
        (since != null && draft.now.since(since).compareTo(Lacking.GRACE) >= 0)
            || (nextPull != null && draft.now.isAt(nextPull.nanos()));
    if (isOver || isDue) {
      Moves.settle(draft);
    }
    stale(draft);
  }

  /** The hub is heard again, or not any more. */
  static void feed(SlotDraft draft, @Nullable String lost) {
    Instant since = draft.hearing.lostSince();
    boolean stale = draft.hearing.stale();
    draft.hearing =
        new Hearing(lost == null ? null : since == null ? draft.now.wall() : since, stale);
    stale(draft);
  }

  /** Tells people once that the configuration is old, and once that it is not any more. */
  static void stale(SlotDraft draft) {
    Head head = draft.head();
    if (head == null) {
      return;
    }
    Instant lost = draft.hearing.lostSince();
    boolean isLost = lost != null && !draft.now.wall().isBefore(lost.plus(STALE));
    boolean stale = isLost || Heads.isExpired(head, draft.now.wall());
    if (stale != draft.hearing.stale()) {
      draft.hearing = new Hearing(lost, stale);
      draft.alarm(
          stale
              ? SlotWords.stale(head, lost, draft.now.wall())
              : "the configuration is up to date again");
    }
  }
}
