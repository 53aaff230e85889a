package dev.jiggety.desktop.feed;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells pictures to the screens on the FX thread: at most {@value LiveFeed#UPDATES_PER_SECOND} a
 * second, none when nothing changed, and never a second one before the first was taken.
 *
 * @param <P> an immutable picture
 */
final class Broadcast<P> implements AutoCloseable {
  private final Supplier<? extends @Nullable P> next;
  private final Tasks tasks;
  private final List<Consumer<P>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean inFlight = new AtomicBoolean();
  private final Pin ticks;
  private volatile boolean closed;
  private volatile P current;

  /**
   * Begins.
   *
   * @param first what is told before anything is known
   * @param next gives the picture of now, or null when nothing changed since it was asked last;
   *     asked on the ticker's thread
   */
  Broadcast(P first, Supplier<? extends @Nullable P> next, Tasks tasks, Ticker ticker) {
    this.current = first;
    this.next = next;
    this.tasks = tasks;
    this.ticks =
        ticker.every(Duration.ofSeconds(1).dividedBy(LiveFeed.UPDATES_PER_SECOND), this::tell);
  }

  /** What was told last. */
  P current() {
    return current;
  }

  /** Tells the present state at once, then every change. FX thread only. */
  Pin subscribe(Consumer<P> listener) {
    listeners.add(listener);
    listener.accept(current);
    return () -> listeners.remove(listener);
  }

  private void tell() {
    if (closed || !inFlight.compareAndSet(false, true)) {
      return;
    }
    P picture;
    try {
      picture = next.get();
    } catch (RuntimeException e) {
      inFlight.set(false); // or nothing would be told ever again
      throw e;
    }
    if (picture == null) {
      inFlight.set(false);
    } else {
      tasks.post(() -> deliver(picture));
    }
  }

  private void deliver(P picture) {
    inFlight.set(false);
    if (closed) {
      return;
    }
    current = picture;
    listeners.forEach(listener -> listener.accept(picture));
  }

  @Override
  public void close() {
    closed = true;
    ticks.close();
    listeners.clear();
  }
}
