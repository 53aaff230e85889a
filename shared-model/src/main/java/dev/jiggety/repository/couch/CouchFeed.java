package dev.jiggety.repository.couch;

import static dev.jiggety.couch.ChangesFilter.NONE;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.couch.FeedPart.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A feed of four parts, each on a thread of its own: tests, nodes, this week's results, and last
 * week's, where nodes that were cut off deliver late. When a week begins, the last part goes on
 * where the third has been.
 */
final class CouchFeed implements HubFeed {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration AT_ONCE = Duration.ZERO;

  /** Rows that come in quick succession are fetched together. */
  private static final Duration TOGETHER = Duration.ofMillis(100);

  /** The database of this week can be made at any time, that of last week hardly. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private static final Duration LATER = Duration.ofMinutes(1);

  /** What time zones differ by at most. */
  private static final Duration MOST_WRONG = Duration.ofHours(26);

  private final Hub hub;
  private final DatabaseNames names;

  CouchFeed(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
  }

  @Override
  public Subscription follow(Instant resultsSince, Listener listener) {
    var delivery = new Delivery<>(hub.address(), listener, Listener::connection, 4);
    List<String> weeks = names.live(resultsSince.minus(CouchResults.LONGEST_BATCH), now());
    LiveSink live = new LiveSink(resultsSince, List.of(), SOON, delivery);
    LiveSink before = new LiveSink(resultsSince, weeks, LATER, delivery);
    var config =
        new Subject("config", names::config, new ConfigSink(delivery), AT_ONCE, NONE, true);
    var status =
        new Subject("status", names::status, new StatusSink(delivery), TOGETHER, NONE, false);
    var week = new Subject("live", () -> names.live(now()), live, TOGETHER, NONE, false);
    var weekBefore =
        new Subject(
            "live-before", () -> names.live(now().minus(WEEK)), before, TOGETHER, NONE, false);
    return FeedPart.follow(hub, delivery, config, status, week, weekBefore);
  }

  private Instant now() {
    return corrected(hub.options().clock().instant(), hub.clockOffset());
  }

  /**
   * The time by which nodes choose the week that they write to: the hub's, for the first hour of a
   * week must not be missed by who is an hour slow.
   *
   * @param offset the hub's clock minus ours, where known; one beyond {@link #MOST_WRONG} is not a
   *     wrong clock or time zone but another age, such as a replayed one, and is left alone
   */
  static Instant corrected(Instant ours, Optional<Duration> offset) {
    return ours.plus(
        offset.filter(known -> known.abs().compareTo(MOST_WRONG) <= 0).orElse(Duration.ZERO));
  }
}
