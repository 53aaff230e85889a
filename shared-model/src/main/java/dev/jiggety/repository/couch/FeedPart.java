package dev.jiggety.repository.couch;

import dev.jiggety.base.Backoff;
import dev.jiggety.couch.Cancellation;
import dev.jiggety.couch.Changes;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.ChangesRequest;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.HubFeed.Connection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Follows one database at a time for as long as wanted: loads what is there, then waits for changes
 * by long polls, and goes on where it was after every interruption. A database that was made anew
 * is loaded anew. The loop ends by {@link #close} only.
 */
final class FeedPart {
  private static final Logger LOG = System.getLogger(FeedPart.class.getName());
  private static final int PAGE = 200;
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /** So many doublings of the pause after answers that came at once and brought nothing. */
  private static final int MOST_CALM = 3;

  /** How often one that waits looks whether another database is meant: weeks change. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A poll waits for half to all of this: short enough for proxies, and not all at once. */
  private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

  private final Hub hub;
  private final Subject subject;
  private final Delivery<?> delivery;
  private final ConcurrentMap<String, FeedPosition> positions;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Setbacks setbacks = new Setbacks(BACKOFF);
  private ChangesFilter filter;
  private int emptyAnswers;
  private boolean checked;
  private boolean heard;
  private String database = "";

  /**
   * What a part follows.
   *
   * @param name of the part
   * @param database which database it is now; can change with time
   * @param breath the pause after an answer that brought something
   * @param filter which changes; not every server filters, so the sink must bear others
   * @param leads whether the other parts wait for this one to hear the hub
   */
  record Subject(
      String name,
      Supplier<String> database,
      FeedSink sink,
      Duration breath,
      ChangesFilter filter,
      boolean leads) {}

  /**
   * Begins to follow some databases.
   *
   * @param delivery by which all of it is told; ends with what is returned
   */
  static HubFeed.Subscription follow(Hub hub, Delivery<?> delivery, Subject... subjects) {
    ConcurrentMap<String, FeedPosition> positions = new ConcurrentHashMap<>();
    List<FeedPart> parts =
        Stream.of(subjects)
            .map(subject -> new FeedPart(hub, subject, delivery, positions))
            .toList();
    parts.forEach(FeedPart::start);
    return () -> {
      parts.forEach(FeedPart::close);
      delivery.close();
    };
  }

  private FeedPart(
      Hub hub,
      Subject subject,
      Delivery<?> delivery,
      ConcurrentMap<String, FeedPosition> positions) {
    this.hub = hub;
    this.subject = subject;
    this.filter = subject.filter();
    this.delivery = delivery;
    this.positions = positions;
  }

  void start() {
    Thread.ofVirtual().name("hub-feed-" + subject.name()).start(this::run);
  }

  void close() {
    closed.countDown();
    cancellation.cancel();
  }

  private void run() {
    while (closed.getCount() > 0) {
      Duration pause;
      try {
        pause = subject.leads() || delivery.leaderHears() ? round() : Duration.ofMillis(200);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "the feed of " + subject.name() + " stumbled", e);
        pause = setbacks.another();
      }
      sleep(pause);
    }
  }

  /** One step; gives the pause before the next. */
  private Duration round() {
    String wanted = subject.database().get();
    if (!wanted.equals(database)) {
      database = wanted;
      checked = false;
    }
    HubDatabase followed = hub.database(database);
    if (!checked) {
      Outcome<DatabaseInfo> info = followed.info();
      Optional<Duration> retryMissing = subject.sink().retryMissing();
      if (info instanceof Outcome.Missing<?> && retryMissing.isPresent()) {
        setbacks.over();
        hears();
        positions.remove(database);
        return retryMissing.get();
      }
      Outcome<FeedPosition> position = info.then(now -> catchUp(followed, now));
      if (!(position instanceof Outcome.Ok<FeedPosition>(FeedPosition begin))) {
        return away(position, followed);
      }
      positions.put(database, begin);
      checked = true;
    }
    return poll(followed, positions.getOrDefault(database, new FeedPosition("0", "")));
  }

  private Outcome<FeedPosition> catchUp(HubDatabase followed, DatabaseInfo info) {
    FeedPosition before = positions.get(database);
    if (before != null && before.fits(info)) {
      return new Outcome.Ok<>(before);
    }
    return subject
        .sink()
        .load(followed, info)
        .map(seq -> new FeedPosition(seq, info.instanceStartTime()));
  }

  private Duration poll(HubDatabase followed, FeedPosition position) {
    ChangesRequest request =
        ChangesRequest.since(position.seq()).limitedTo(PAGE).includingDocuments().filtered(filter);
    Duration wait = Duration.ZERO;
    if (heard) {
      hears();
      wait = jittered(LONGEST_POLL);
      request = request.waiting(wait);
    } // The first question does not wait: its answer shows that changes can be had at all.
    long asked = System.nanoTime();
    Outcome<Changes> outcome = followed.changes(request, cancellation);
    if (!(outcome instanceof Outcome.Ok<Changes>(Changes changes))) {
      if (outcome instanceof Outcome.Missing<Changes> && !filter.equals(ChangesFilter.NONE)) {
        filter = ChangesFilter.NONE; // as with PouchDB's server; were it the database, it shows
        return Duration.ZERO;
      }
      checked = false;
      heard = false;
      return away(outcome, followed);
    }
    changes.results().forEach(subject.sink()::changed);
    positions.put(database, new FeedPosition(changes.lastSeq(), position.instance()));
    if (!heard) {
      heard = true;
      hears();
    }
    int rows = changes.results().size();
    Duration took = Duration.ofNanos(System.nanoTime() - asked);
    if (rows > 0 || took.compareTo(wait.dividedBy(10)) >= 0) {
      emptyAnswers = 0;
      if (!wait.isZero()) {
        setbacks.over();
      }
      return rows > 0 && rows < PAGE ? subject.breath() : Duration.ZERO;
    }
    // A server that does not wait though asked to must not be asked in a rush.
    return BACKOFF.delay(Math.min(emptyAnswers++, MOST_CALM), random);
  }

  private void hears() {
    delivery.state(subject.name(), subject.leads(), new Connection.Connected());
  }

  private Duration away(Outcome<?> outcome, HubDatabase followed) {
    if (closed.getCount() == 0) {
      return Duration.ZERO;
    }
    Setbacks.Setback setback = setbacks.of(outcome, followed);
    setback.away().ifPresent(away -> delivery.state(subject.name(), subject.leads(), away));
    return setback.pause();
  }

  private Duration jittered(Duration longest) {
    long half = longest.toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }

  /** Ends early when it is closed, or another database is meant by now, or another hub is used. */
  private void sleep(Duration pause) {
    Duration left = pause;
    int moves = hub.moves();
    try {
      while (left.isPositive()
          && hub.moves() == moves
          && !closed.await(Math.min(left.toMillis(), LOOK.toMillis()), TimeUnit.MILLISECONDS)
          && subject.database().get().equals(database)) {
        left = left.minus(LOOK);
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt this thread; close() is how it ends.
      LOG.log(Level.DEBUG, "the feed of {0} was interrupted", subject.name());
    }
  }
}
