package dev.jiggety.couch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpGet;

/**
 * Looks after the hubs of a list and says which one to use. What the hub in use sends anyway is
 * evidence enough; it is asked only when it is silent, and so are the others then. A hub that is
 * preferred to the one in use is asked every few seconds. On a virtual thread of its own; the loop
 * cannot die.
 */
final class HubWatch implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HubWatch.class.getName());
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMillis(1_500);
  private static final Duration BETWEEN = Duration.ofMillis(250);
  private static final Duration PREFERRED = Duration.ofSeconds(5);
  private static final Duration FORGIVEN = Duration.ofHours(1);

  private final List<Line> lines;
  private final List<String> databases;
  private final IntConsumer move;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<HubChoice.Seen> seen = new ArrayList<>();
  private final boolean[] asking;
  private final long[] askedAt;
  private int inUse;
  private long movedAt;

  /**
   * A watch that begins at once.
   *
   * @param databases what a hub must have before it is gone back to; the first one is asked for
   * @param move is told the place of the hub to use, on the watch's thread
   */
  HubWatch(List<Line> lines, List<String> databases, int inUse, IntConsumer move) {
    this.lines = lines;
    this.databases = databases;
    this.inUse = inUse;
    this.move = move;
    long now = System.nanoTime();
    this.movedAt = now;
    lines.forEach(_ -> seen.add(HubChoice.Seen.nothing(now)));
    this.asking = new boolean[lines.size()];
    this.askedAt = new long[lines.size()];
    Thread.ofVirtual().name("hub watch").start(this::loop);
  }

  /** Which one is used. */
  synchronized int inUse() {
    return inUse;
  }

  /** Whether the one that is used was heard. */
  synchronized boolean isHeard() {
    return seen.get(inUse).answers();
  }

  @Override
  public void close() {
    closing.countDown();
  }

  private void loop() {
    try {
      while (!closing.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          look();
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "looking after the hubs goes on after a fault", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  private void look() {
    int before;
    int after;
    synchronized (this) {
      long now = System.nanoTime();
      long heard = lines.get(inUse).transport().lastHeard();
      HubChoice.Seen current = seen.get(inUse);
      if (heard != 0 && heard - current.heard() > 0) {
        seen.set(inUse, current.answered(heard));
      }
      ask(now);
      before = inUse;
      after = HubChoice.choose(inUse, seen, now);
      if (after != before) {
        moved(after, now);
      } else if (now - movedAt > FORGIVEN.toNanos()) {
        seen.replaceAll(HubChoice.Seen::forgiven);
      }
    }
    if (after != before) {
      move.accept(after);
    }
  }

  private void moved(int to, long now) {
    boolean isLost = HubChoice.isLost(seen.get(inUse), now);
    LOG.log(
        Level.WARNING,
        isLost ? "{0} does not answer; going on with {1}" : "going back from {0} to {1}",
        lines.get(inUse).address(),
        lines.get(to).address());
    if (isLost) {
      seen.set(inUse, seen.get(inUse).left());
    }
    inUse = to;
    movedAt = now;
    seen.replaceAll(one -> one.compared(false));
    seen.set(to, seen.get(to).answered(now));
  }

  private void ask(long now) {
    HubChoice.Seen current = seen.get(inUse);
    boolean isSilent = !current.answers() || now - current.heard() >= HubChoice.SILENT.toNanos();
    for (int i = 0; i < lines.size(); i++) {
      boolean isWanted = isSilent || i < inUse;
      Duration pause = isSilent ? BETWEEN : PREFERRED.plusMillis(random.nextInt(2_000));
      if (isWanted && !asking[i] && (askedAt[i] == 0 || now - askedAt[i] >= pause.toNanos())) {
        asking[i] = true;
        int place = i;
        int used = inUse;
        Thread.ofVirtual().name("hub watch " + i).start(() -> ask(place, used));
      }
    }
  }

  private void ask(int place, int current) {
    boolean answers = false;
    boolean abreast = false;
    try {
      answers = answers(lines.get(place), place == current);
      if (answers && place < current && isDue(place)) {
        abreast = Abreast.is(lines.get(current), lines.get(place), databases);
      }
    } finally {
      synchronized (this) {
        long now = System.nanoTime();
        asking[place] = false;
        askedAt[place] = now;
        HubChoice.Seen before = seen.get(place);
        seen.set(
            place,
            answers ? before.answered(now).compared(abreast && current == inUse) : before.failed());
      }
    }
  }

  private synchronized boolean isDue(int place) {
    return HubChoice.isSteady(seen.get(place), System.nanoTime());
  }

  /**
   * Whether a hub answers. One that says no is there all the same and is not left for that; but
   * nobody moves to one that says no.
   */
  private boolean answers(Line line, boolean isInUse) {
    HttpGet request = line.requests().get(databases.isEmpty() ? "" : databases.getFirst());
    request.setConfig(
        RequestConfig.copy(line.transport().silentFor(PATIENCE))
            .setConnectTimeout(Math.toIntExact(PATIENCE.toMillis()))
            .setConnectionRequestTimeout(Math.toIntExact(PATIENCE.toMillis()))
            .build());
    return switch (line.requests().object(request)) {
      case Outcome.Ok<?> _ -> true;
      case Outcome.Missing<?> _, Outcome.Conflict<?> _, Outcome.Refused<?> _ -> isInUse;
      case Outcome.Unavailable<?> _ -> false;
    };
  }
}
