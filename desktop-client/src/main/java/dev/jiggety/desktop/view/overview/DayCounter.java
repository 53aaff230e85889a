package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.HubConnection;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the hub count the last day of all tests, in few calls: the newest hours first, then the rest,
 * then the newest two again and again. One call at a time, off the FX thread; everything else on
 * it.
 */
final class DayCounter {
  /** How often the newest hours are counted anew. */
  static final Duration OFTEN = Duration.ofMinutes(2);

  private static final Duration AGAIN = Duration.ofSeconds(15);
  private static final int NEWEST = 3;

  private final Desk desk;
  private final HubConnection hub;
  private final Consumer<DayBook.Part> taker;
  private final Deque<Hours> wanted = new ArrayDeque<>();
  private boolean asking;
  private boolean open;
  private @Nullable Instant countedAt;
  private @Nullable Instant wholeAt;
  private @Nullable String trouble;
  private Instant next = Instant.MIN;

  private record Hours(Instant from, int count) {}

  DayCounter(Desk desk, HubConnection hub, Consumer<DayBook.Part> taker) {
    this.desk = desk;
    this.hub = hub;
    this.taker = taker;
  }

  /** Has the hub count with the next tick: what came meanwhile was not told. */
  void catchUp() {
    next = Instant.MIN;
  }

  /** Whether the screen is seen; nothing is asked for otherwise. */
  void open(boolean seen) {
    open = seen;
  }

  /** Asks for what is due. */
  void tick() {
    Instant now = desk.now();
    if (!open || asking || now.isBefore(next)) {
      return;
    }
    if (wanted.isEmpty()) {
      plan(now);
    }
    ask(Objects.requireNonNull(wanted.peek()));
  }

  private void plan(Instant now) {
    Instant hour = DayBook.hour(now);
    Instant counted = wholeAt;
    if (counted == null || Duration.between(counted, now).compareTo(Duration.ofHours(1)) > 0) {
      int rest = DayBook.HOURS - NEWEST;
      wanted.add(new Hours(hour.minus(NEWEST - 1L, ChronoUnit.HOURS), NEWEST));
      wanted.add(new Hours(hour.minus(DayBook.HOURS - 1L, ChronoUnit.HOURS), rest));
    } else {
      wanted.add(new Hours(hour.minus(1, ChronoUnit.HOURS), 2));
    }
  }

  private void ask(Hours hours) {
    asking = true;
    desk.tasks()
        .create(() -> DayBook.read(hub.results(), hours.from(), hours.count(), desk.clock()))
        .onSuccess(part -> {
          wanted.poll();
          trouble = null;
          countedAt = part.answeredAt();
          wholeAt = wanted.isEmpty() ? countedAt : wholeAt;
          next = wanted.isEmpty() ? desk.now().plus(OFTEN) : Instant.MIN;
          taker.accept(part);
        })
        .onError(
            HubException.class,
            e -> {
              trouble = String.valueOf(e.getMessage());
              wanted.clear(); // by the time that it answers, other hours are the newest
              next = desk.now().plus(AGAIN);
            })
        .onFinally(() -> {
          asking = false;
          if (open && !wanted.isEmpty() && trouble == null) {
            tick();
          }
        })
        .start();
  }

  /** When the hub counted last; null for never. */
  @Nullable Instant countedAt() {
    return countedAt;
  }

  /** Whether the whole day has not been counted yet. */
  boolean isFirst() {
    return wholeAt == null || wanted.size() > 0;
  }

  /** Why the hub did not count; null where it did. */
  @Nullable String trouble() {
    return trouble;
  }
}
