package dev.jiggety.desktop.feed;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Ticker;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Run;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.HubFeed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a hub and tells the screens, on the FX thread, in one update for all that happened since
 * the last: at most {@value #UPDATES_PER_SECOND} a second, none when nothing visible changed, and
 * never a second one before the first was taken. The hub's threads only ever take a short lock.
 */
public final class LiveFeed implements AutoCloseable {
  /** Updates a second, at most. */
  public static final int UPDATES_PER_SECOND = 5;

  /** How far back the feed reaches when it begins: enough for last words and sparklines. */
  public static final Duration REACH = Duration.ofHours(1);

  /** New runs that wait for the screens, at most; older ones are read from the hub when needed. */
  static final int MAX_WAITING = 20_000;

  /**
   * What is told.
   *
   * @param picture all that is known
   * @param runs the runs that became known since the last update
   */
  public record Update(HubPicture picture, List<Run> runs) {
    public Update {
      runs = List.copyOf(runs);
    }
  }

  private final InstantSource clock;
  private final Tasks tasks;
  private final Object lock = new Object();
  private final LivePicture live = new LivePicture();
  private final List<Run> waiting = new ArrayList<>();
  private final List<Consumer<Update>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean inFlight = new AtomicBoolean();
  private final HubFeed.Subscription subscription;
  private final Pin ticks;
  private volatile boolean closed;
  private HubPicture told = HubPicture.EMPTY;
  private volatile HubPicture current = HubPicture.EMPTY;

  /** Begins to follow. */
  public LiveFeed(HubFeed feed, InstantSource clock, Tasks tasks, Ticker ticker) {
    this.clock = clock;
    this.tasks = tasks;
    this.subscription = feed.follow(clock.instant().minus(REACH), new Listener());
    this.ticks = ticker.every(Duration.ofSeconds(1).dividedBy(UPDATES_PER_SECOND), this::tell);
  }

  /** What was told last; changes only by an update on the FX thread. */
  public HubPicture picture() {
    return current;
  }

  /**
   * Tells the present state at once, then every change, on the FX thread. To be called there too.
   */
  public Pin subscribe(Consumer<Update> listener) {
    listeners.add(listener);
    listener.accept(new Update(current, List.of()));
    return () -> listeners.remove(listener);
  }

  private void tell() {
    if (closed || !inFlight.compareAndSet(false, true)) {
      return;
    }
    Update update;
    try {
      update = next();
    } catch (RuntimeException e) {
      inFlight.set(false); // or nothing would be told ever again
      throw e;
    }
    if (update == null) {
      inFlight.set(false);
    } else {
      tasks.post(() -> deliver(update));
    }
  }

  /** What there is to tell; null for nothing new. */
  private @Nullable Update next() {
    synchronized (lock) {
      HubPicture now = live.at(clock.instant());
      if (isSame(now, told)) {
        return null;
      }
      told = now;
      Update update = new Update(now, waiting);
      waiting.clear();
      return update;
    }
  }

  private void deliver(Update update) {
    inFlight.set(false);
    if (closed) {
      return;
    }
    current = update.picture();
    for (Consumer<Update> listener : listeners) {
      listener.accept(update);
    }
  }

  @SuppressWarnings(
      "ReferenceEquality") // the live picture gives the same object when nothing changed
  private static boolean isSame(HubPicture one, HubPicture other) {
    return one == other;
  }

  @Override
  public void close() {
    closed = true;
    ticks.close();
    subscription.close();
    listeners.clear();
  }

  private final class Listener implements HubFeed.Listener {
    @Override
    public void test(Stored<TestDefinition> test) {
      synchronized (lock) {
        live.test(test, clock.instant());
      }
    }

    @Override
    public void testDeleted(String testId) {
      synchronized (lock) {
        live.testDeleted(testId, clock.instant());
      }
    }

    @Override
    public void node(NodeStatus node) {
      synchronized (lock) {
        live.node(node, clock.instant());
      }
    }

    @Override
    public void batch(Batch batch) {
      synchronized (lock) {
        waiting.addAll(live.batch(batch, clock.instant()));
        if (waiting.size() > MAX_WAITING) {
          waiting.subList(0, waiting.size() - MAX_WAITING).clear();
        }
      }
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      Instant now = clock.instant();
      Link link =
          switch (connection) {
            case HubFeed.Connection.Connected() -> new Link.Connected(now);
            case HubFeed.Connection.Away(var kind, var reason) -> new Link.Away(now, kind, reason);
          };
      synchronized (lock) {
        live.link(link);
      }
    }
  }
}
