package dev.jiggety.agent.result;

import dev.jiggety.base.ClockOffset;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The batches of an outbox: fixed, stored, pushed, purged. For one thread at a time; what a method
 * writes is on the disk when it returns.
 */
final class BatchTable {
  private final OutboxFile file;

  BatchTable(OutboxFile file) {
    this.file = file;
  }

  /** Runs in batches that the hub does not have. */
  long unpushedRuns() throws SQLException {
    return file.number(
        "SELECT coalesce(sum(runs), 0) FROM batch WHERE pushed IS NULL AND stored IS NOT NULL");
  }

  /** Fixes the boundaries of a batch; from now on nothing changes them. */
  FixedBatch fix(
      String database, Instant at, List<OutboxFile.Waiting> entries, @Nullable ClockOffset clock)
      throws SQLException {
    ClockOffset kept = clock == null ? null : inMillis(clock); // as it is read back after a crash
    long[] seq = new long[1];
    file.inOneTransaction(() -> {
      try (PreparedStatement insert =
          file.prepare(
              "INSERT INTO batch(database, at, runs, clock_offset, clock_within)"
                  + " VALUES(?, ?, ?, ?, ?)")) {
        insert.setString(1, database);
        insert.setLong(2, at.toEpochMilli());
        insert.setLong(3, entries.stream().filter(OutboxFile.Waiting::isRun).count());
        if (kept != null) {
          insert.setLong(4, kept.offset().toMillis());
          insert.setLong(5, kept.within().toMillis());
        }
        insert.executeUpdate();
      }
      seq[0] = file.number("SELECT last_insert_rowid()");
      try (PreparedStatement update = file.prepare("UPDATE entry SET batch = ? WHERE id = ?")) {
        for (OutboxFile.Waiting entry : entries) {
          update.setLong(1, seq[0]);
          update.setLong(2, entry.id());
          update.executeUpdate();
        }
      }
    });
    return new FixedBatch(seq[0], database, at, texts(entries, true), texts(entries, false), kept);
  }

  private static List<String> texts(List<OutboxFile.Waiting> entries, boolean runs) {
    return entries.stream()
        .filter(entry -> entry.isRun() == runs)
        .map(OutboxFile.Waiting::json)
        .toList();
  }

  /** The oldest batch that is fixed and not known to be stored: what a crash left. */
  Optional<FixedBatch> unstored() throws SQLException {
    try (Statement statement = file.statement();
        ResultSet row =
            statement.executeQuery(
                "SELECT seq, database, at, clock_offset, clock_within FROM batch WHERE stored IS NULL"
                    + " ORDER BY seq LIMIT 1")) {
      if (!row.next()) {
        return Optional.empty();
      }
      long seq = row.getLong(1);
      List<OutboxFile.Waiting> entries = entriesOf(seq);
      return Optional.of(
          new FixedBatch(
              seq,
              row.getString(2),
              Instant.ofEpochMilli(row.getLong(3)),
              texts(entries, true),
              texts(entries, false),
              row.getObject(4) == null ? null : millis(row.getLong(4), row.getLong(5))));
    }
  }

  private static ClockOffset inMillis(ClockOffset clock) {
    return millis(clock.offset().toMillis(), clock.within().toMillis());
  }

  private static ClockOffset millis(long offset, long within) {
    return new ClockOffset(Duration.ofMillis(offset), Duration.ofMillis(within));
  }

  private List<OutboxFile.Waiting> entriesOf(long seq) throws SQLException {
    List<OutboxFile.Waiting> entries = new ArrayList<>();
    try (PreparedStatement select =
        file.prepare("SELECT id, run, at, json FROM entry WHERE batch = ? ORDER BY id")) {
      select.setLong(1, seq);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.add(
              new OutboxFile.Waiting(
                  rows.getLong(1),
                  rows.getInt(2) == 1,
                  Instant.ofEpochMilli(rows.getLong(3)),
                  rows.getString(4)));
        }
      }
    }
    return entries;
  }

  /** The batch is in the local store; its entries go. */
  void stored(long seq, String id, String rev, long storeSeq) throws SQLException {
    file.inOneTransaction(() -> {
      try (PreparedStatement update =
              file.prepare("UPDATE batch SET id = ?, rev = ?, stored = ? WHERE seq = ?");
          PreparedStatement delete = file.prepare("DELETE FROM entry WHERE batch = ?")) {
        update.setString(1, id);
        update.setString(2, rev);
        update.setLong(3, storeSeq);
        update.setLong(4, seq);
        update.executeUpdate();
        delete.setLong(1, seq);
        delete.executeUpdate();
      }
    });
  }

  /** The hub has everything of a database up to a sequence; gives back how many runs are new. */
  long pushed(String database, long storeSeq, Instant now) throws SQLException {
    long before = unpushedRuns();
    file.inOneTransaction(() -> {
      try (PreparedStatement update =
          file.prepare(
              "UPDATE batch SET pushed = ? WHERE database = ? AND stored <= ? AND pushed IS"
                  + " NULL")) {
        update.setLong(1, now.toEpochMilli());
        update.setString(2, database);
        update.setLong(3, storeSeq);
        update.executeUpdate();
      }
    });
    return before - unpushedRuns();
  }

  /** Of one database, batches that the hub has had since before a time: revisions by id. */
  Map<String, Map<String, String>> pushedBefore(Instant time, int most) throws SQLException {
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    try (PreparedStatement select =
        file.prepare(
            "SELECT database, id, rev FROM batch WHERE pushed < ? ORDER BY pushed LIMIT ?")) {
      select.setLong(1, time.toEpochMilli());
      select.setInt(2, most);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(rows.getString(1), database -> new HashMap<>())
              .put(rows.getString(2), rows.getString(3));
        }
      }
    }
    return found;
  }

  /** These batches are gone from the store. */
  void purged(Collection<String> ids) throws SQLException {
    file.inOneTransaction(() -> {
      try (PreparedStatement delete = file.prepare("DELETE FROM batch WHERE id = ?")) {
        for (String id : ids) {
          delete.setString(1, id);
          delete.executeUpdate();
        }
      }
    });
  }

  /** The databases that still hold batches. */
  List<String> databases() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = file.statement();
        ResultSet rows = statement.executeQuery("SELECT DISTINCT database FROM batch")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
