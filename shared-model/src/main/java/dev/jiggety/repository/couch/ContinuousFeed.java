package dev.jiggety.repository.couch;

import dev.jiggety.base.Backoff;
import dev.jiggety.couch.Cancellation;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.ChangesRequest;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.FeedListener;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.HubFeed.Connection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows one database by its continuous feed, for programs to which a moment matters: a change is
 * told as soon as the hub says it, without a request in between. Connects again by itself, goes on
 * where it was, and begins anew where the database was made anew. The loop ends by {@link #close}
 * only.
 */
public final class ContinuousFeed implements HubFeed.Subscription {
  private static final Logger LOG = System.getLogger(ContinuousFeed.class.getName());

  /** How often one that waits looks whether another hub is used. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Subject subject;
  private final Listener listener;
  private final Setbacks setbacks;
  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch closed = new CountDownLatch(1);
  private ChangesFilter filter;
  private @Nullable FeedPosition position;
  private @Nullable Connection told;

  /**
   * What is followed.
   *
   * @param name for logs and threads
   * @param filter which changes; not every server filters, so who follows must bear others
   * @param heartbeat how often the hub shows that it is there; a silence of three is a lost feed
   * @param backoff how long to wait after failures
   */
  public record Subject(
      String name,
      HubDatabase database,
      ChangesFilter filter,
      Duration heartbeat,
      Backoff backoff) {}

  /**
   * Who follows. Told on the one thread of the feed. What it throws is logged and goes no further.
   */
  public interface Listener {
    /** Where to begin; asked again as long as it is no success. */
    default Outcome<FeedPosition> begin() {
      return new Outcome.Ok<>(FeedPosition.START);
    }

    /**
     * A change, with its document.
     *
     * @param reached where the feed is with it
     */
    void change(Change change, FeedPosition reached);

    /** Nothing is waiting to be told: a sign of life, or the feed ends. */
    default void idle() {}

    /** The connection came, or was lost; told on changes only. */
    void connection(Connection connection);
  }

  private ContinuousFeed(Subject subject, Listener listener) {
    this.subject = subject;
    this.listener = listener;
    this.filter = subject.filter();
    this.setbacks = new Setbacks(subject.backoff());
  }

  /** Begins to follow and returns at once. */
  public static ContinuousFeed start(Subject subject, Listener listener) {
    ContinuousFeed feed = new ContinuousFeed(subject, listener);
    Thread.ofVirtual().name("hub-feed-" + subject.name()).start(feed::run);
    return feed;
  }

  /** Ends it. Nothing new is told after; one call that is under way is not waited for. */
  @Override
  public void close() {
    closed.countDown();
    cancellation.cancel();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void run() {
    while (!isClosed()) {
      Duration pause;
      try {
        pause = round();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "the feed of " + subject.name() + " stumbled", e);
        pause = setbacks.another();
      }
      sleep(pause);
    }
    listener.idle();
  }

  /** One connection; gives the pause before the next. */
  private Duration round() {
    Outcome<DatabaseInfo> info = subject.database().info();
    if (!(info instanceof Outcome.Ok<DatabaseInfo>(DatabaseInfo now))) {
      return away(info);
    }
    FeedPosition begin = position;
    if (begin == null) {
      Outcome<FeedPosition> wanted = listener.begin();
      if (!(wanted instanceof Outcome.Ok<FeedPosition>(FeedPosition from))) {
        return away(wanted);
      }
      begin = from;
    }
    FeedPosition from =
        begin.fits(now)
            ? begin
            : new FeedPosition(FeedPosition.START.seq(), now.instanceStartTime());
    position = from;
    ChangesRequest request =
        ChangesRequest.since(from.seq())
            .includingDocuments()
            .withHeartbeat(subject.heartbeat())
            .filtered(filter);
    Outcome<String> end = subject.database().follow(request, new Ear(from), cancellation);
    if (end instanceof Outcome.Missing<String> && !filter.equals(ChangesFilter.NONE)) {
      // The database is there, so it is the filter that is not (as with PouchDB's server).
      LOG.log(Level.INFO, "{0} of {1} without a filter", subject.name(), hub());
      filter = ChangesFilter.NONE;
      return Duration.ZERO;
    }
    // A server that ends the feed in order is asked again at once, though not in a rush.
    return end.isOk() ? setbacks.another() : away(end);
  }

  private final class Ear implements FeedListener {
    private final String instance;

    Ear(FeedPosition from) {
      this.instance = from.instance();
    }

    @Override
    public void connected() {
      tell(new Connection.Connected());
    }

    @Override
    public void change(Change change) {
      FeedPosition reached = new FeedPosition(change.seq(), instance);
      tell(to -> to.change(change, reached));
      position = reached;
      setbacks.over();
    }

    @Override
    public void heartbeat() {
      tell(Listener::idle);
      setbacks.over();
    }
  }

  private HubAddress hub() {
    return subject.database().hub().address();
  }

  private Duration away(Outcome<?> outcome) {
    if (isClosed()) {
      return Duration.ZERO;
    }
    Setbacks.Setback setback = setbacks.of(outcome, subject.database());
    setback.away().ifPresent(this::tell);
    return setback.pause();
  }

  private void tell(Connection now) {
    if (isClosed() || isSame(told, now)) {
      return;
    }
    told = now;
    switch (now) {
      case Connection.Connected() ->
          LOG.log(Level.INFO, "hearing {0} of {1}", subject.name(), hub());
      case Connection.Away(HubException.Kind kind, String reason) ->
          LOG.log(Level.WARNING, "not hearing {0}: {1}", subject.name(), reason);
    }
    tell(to -> to.connection(now));
  }

  private void tell(Consumer<Listener> what) {
    if (isClosed()) {
      return;
    }
    try {
      what.accept(listener);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a listener to the feed of " + subject.name() + " failed", e);
    }
  }

  private static boolean isSame(@Nullable Connection before, Connection now) {
    if (before instanceof Connection.Away(HubException.Kind old, String oldReason)
        && now instanceof Connection.Away(HubException.Kind kind, String reason)) {
      return old == kind;
    }
    return now.equals(before);
  }

  /** Ends early when it is closed, or another hub is used. */
  private void sleep(Duration pause) {
    Duration left = pause;
    int moves = subject.database().hub().moves();
    try {
      while (left.isPositive() && subject.database().hub().moves() == moves) {
        Duration step = left.compareTo(LOOK) < 0 ? left : LOOK;
        if (closed.await(step.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.log(Level.DEBUG, "the feed of {0} was closed", subject.name());
          return;
        }
        left = left.minus(step);
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; close() is how it ends.
      LOG.log(Level.DEBUG, "the feed of {0} was interrupted", subject.name());
    }
  }
}
