package dev.jiggety.repository.couch;

import dev.jiggety.couch.DatabaseInfo;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of the weekly and monthly databases there are. A year has many, and many that nobody ever
 * made or that were dropped: what was found out is believed for a while. One that is gone meanwhile
 * is {@link Outcome.Missing} where it is asked. Safe for any thread.
 */
final class Existing {
  private static final Duration BELIEVED = Duration.ofSeconds(30);

  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  /** What was found, and when, by {@link System#nanoTime}. */
  private record Seen(boolean isThere, long at) {}

  /** Those of these databases that are there. */
  List<HubDatabase> of(List<String> wanted, Hub hub) {
    List<HubDatabase> there = new ArrayList<>();
    long now = System.nanoTime();
    for (String name : wanted) {
      HubDatabase database = hub.database(name);
      Seen last = seen.get(name);
      if (last == null || now - last.at() > BELIEVED.toNanos()) {
        last = new Seen(isThere(database), now);
        seen.put(name, last);
      }
      if (last.isThere()) {
        there.add(database);
      }
    }
    return there;
  }

  private static boolean isThere(HubDatabase database) {
    Outcome<DatabaseInfo> info = database.info();
    if (info instanceof Outcome.Missing<DatabaseInfo>) {
      return false;
    }
    Answers.value(info, database, "read results");
    return true;
  }

  /** A database that is gone meanwhile is no fault; one without our index is. */
  void requireIndex(HubDatabase database) {
    if (isThere(database)) {
      throw new HubException(
          HubException.Kind.MISSING,
          "the database %s lacks an index; run: jiggety provision --hub %s"
              .formatted(database.name(), database.hub().address()));
    }
  }
}
