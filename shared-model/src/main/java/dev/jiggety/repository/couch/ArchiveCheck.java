package dev.jiggety.repository.couch;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Sums;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;

/** Tells whether live results may go. Throws {@link HubException} when the hub cannot be asked. */
public final class ArchiveCheck {
  private static final Duration LATEST_START = Duration.ofDays(1);

  private final TestNames tests;
  private final HourReader hours;

  /** Asks this hub. */
  public ArchiveCheck(Hub hub, DatabaseNames names) {
    Existing existing = new Existing();
    this.tests = new TestNames(hub, names, existing);
    this.hours =
        new HourReader(new LiveRuns(hub, names, existing), new ArchivedHours(hub, names, existing));
  }

  /**
   * How many live runs of a week are in no pack. Those that were planned shortly before it are
   * asked for too: they lie in its database if they began late.
   */
  public long unpacked(Instant from, Instant to) {
    Sums sums = new Sums(false);
    Instant begin = from.minus(LATEST_START);
    for (String test : tests.between(begin, to)) {
      hours.unpacked(test, node -> true, begin, to, hour -> sums.add(hour.unpacked()));
    }
    long count = 0;
    for (Verdict verdict : Verdict.values()) {
      count += sums.summary().runs().getOrDefault(verdict, 0L);
    }
    return count;
  }
}
