package dev.jiggety.agent.slot;

import com.google.gson.JsonObject;
import dev.jiggety.base.Backoff;
import dev.jiggety.couch.Cancellation;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.ChangesRequest;
import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.FeedListener;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.couch.Sequences;
import dev.jiggety.document.Ids;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hears the head, the candidate and a few more documents of a hub over one continuous feed, for as
 * long as it is open: no request for a change, and a hub that falls silent is noticed within three
 * seconds. It shows what it hears to a {@link SlotKeeper}, which believes none of it unseen. On a
 * virtual thread of its own; the loop cannot die.
 */
public final class HeadFeed implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HeadFeed.class.getName());
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  /** CouchDB locks out whoever tries wrong credentials too often. */
  private static final Duration DENIED = Duration.ofMinutes(2);

  /** In characters. No honest row is longer: the patches of a ride take six million together. */
  private static final int LONGEST_ROW = 7_000_000;

  /** How often one that waits looks whether another hub is used. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HubDatabase config;
  private final SlotKeeper keeper;
  private final Map<String, Consumer<@Nullable JsonObject>> others;
  private final List<String> ids;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Instant lastHeard;
  private volatile String lost = "not connected yet";
  private String since = "0";
  private String instance = "";
  private int failures;
  private boolean told;

  /**
   * A feed that does nothing yet.
   *
   * @param config the database of the configuration on the hub
   * @param random for the pauses between attempts
   */
  public HeadFeed(
      HubDatabase config, SlotKeeper keeper, InstantSource clock, RandomGenerator random) {
    this(config, keeper, Map.of(), clock, random);
  }

  /**
   * The same for a node that is shown more by the same connection: tests to be run on request,
   * secrets.
   *
   * @param others by the id of a document, who is shown it, null when there is none; must not block
   */
  public HeadFeed(
      HubDatabase config,
      SlotKeeper keeper,
      Map<String, Consumer<@Nullable JsonObject>> others,
      InstantSource clock,
      RandomGenerator random) {
    this.config = config;
    this.keeper = keeper;
    this.others = Map.copyOf(others);
    this.ids =
        Stream.concat(Stream.of(Ids.head(), Ids.candidate()), others.keySet().stream()).toList();
    this.clock = clock;
    this.random = random;
    this.thread = Thread.ofVirtual().name("head feed").unstarted(this::loop);
  }

  /** Begins to listen. */
  public HeadFeed start() {
    thread.start();
    return this;
  }

  /** When the hub was last heard; null for never. */
  public @Nullable Instant lastHeard() {
    return lastHeard;
  }

  /** Why the hub is not heard; empty while it is. */
  public String lost() {
    return lost;
  }

  @Override
  public void close() {
    closing.countDown();
    cancellation.cancel();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(PATIENCE)) {
        LOG.log(Level.WARNING, "the feed of the head does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (closing.getCount() > 0) {
      try {
        Duration pause = listen();
        rest(pause);
      } catch (InterruptedException e) {
        return; // the process ends
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "the feed of the head goes on after a fault", e);
        lose("the feed broke: " + e.getClass().getSimpleName());
      }
    }
  }

  /** Waits; ends early when it is closed, or another hub is used. */
  private void rest(Duration pause) throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    int moves = config.hub().moves();
    for (long left = pause.toNanos(); left > 0; left = end - System.nanoTime()) {
      long step = Math.min(left, LOOK.toNanos());
      if (closing.await(step, TimeUnit.NANOSECONDS) || config.hub().moves() != moves) {
        return;
      }
    }
  }

  /** Listens until the feed is lost; gives the pause before the next time. */
  private Duration listen() {
    Outcome<String> outcome = config.info().then(this::follow);
    if (closing.getCount() == 0) {
      return Duration.ZERO;
    }
    lose(reason(outcome));
    if (outcome instanceof Outcome.Refused<String> refused && refused.isUnauthorized()) {
      return DENIED;
    }
    Duration pause = BACKOFF.delay(failures++, random);
    Optional<Duration> asked =
        outcome instanceof Outcome.Unavailable<String> away ? away.retryAfter() : Optional.empty();
    return asked.filter(wait -> wait.compareTo(pause) > 0).orElse(pause);
  }

  private Outcome<String> follow(DatabaseInfo info) {
    if (!info.instanceStartTime().equals(instance) || Sequences.isBehind(info.updateSeq(), since)) {
      instance = info.instanceStartTime();
      since = "0"; // another database, or one that lost its end
    }
    ChangesRequest request =
        ChangesRequest.since(since)
            .includingDocuments()
            .withHeartbeat(HEARTBEAT)
            .onlyDocuments(ids);
    return config.follow(request, new Ears(), cancellation);
  }

  private String reason(Outcome<String> outcome) {
    return switch (outcome) {
      case Outcome.Ok<String> _ -> "the hub ended the feed";
      case Outcome.Missing<String> _ ->
          "the hub %s has no database %s; run: jiggety provision --hub %s"
              .formatted(config.hub().address(), config.name(), config.hub().address());
      default -> outcome.inWords();
    };
  }

  private void heard() {
    lastHeard = clock.instant();
    if (!lost.isEmpty()) {
      lost = "";
      told = false;
      LOG.log(Level.DEBUG, "hearing the head on {0}", config.hub().address());
      keeper.feed(null);
    }
  }

  private void lose(String reason) {
    lost = reason;
    if (!told) {
      told = true;
      keeper.feed(reason);
    }
  }

  private final class Ears implements FeedListener {
    @Override
    public void connected() {
      heard();
    }

    @Override
    public void heartbeat() {
      heard();
      failures = 0; // not sooner: a hub that ends each feed at once must not be asked in a rush
    }

    @Override
    public void change(Change change) {
      heard();
      JsonObject document = change.deleted() ? null : change.document();
      Consumer<@Nullable JsonObject> other = others.get(change.id());
      if (other != null) {
        other.accept(document);
      } else {
        keeper.document(change.id(), document);
      }
      since = change.seq();
    }

    @Override
    public int longestRow() {
      return LONGEST_ROW;
    }

    @Override
    public void oversized(String beginning) {
      heard();
      for (String other : others.keySet()) {
        if (beginning.contains("\"id\":\"" + other + "\"")) {
          LOG.log(Level.WARNING, "the {0} on the hub are larger than any honest ones", other);
          return;
        }
      }
      keeper.oversized(beginning.contains("\"" + Ids.head() + "\"") ? Ids.head() : Ids.candidate());
    }
  }
}
