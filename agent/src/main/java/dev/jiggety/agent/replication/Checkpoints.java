package dev.jiggety.agent.replication;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one session of one replication, kept as a local document at both ends. Opened
 * by reading both and finding the sequence on which they agree; written first to the target, then
 * to the source, and only after the target has made everything before it durable. Not for several
 * threads.
 */
final class Checkpoints {
  /** As many sessions as CouchDB remembers. */
  static final int HISTORY = 50;

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Peer source;
  private final Peer target;
  private final String id;
  private final String session;
  private final InstantSource clock;
  private final Instant startedAt;
  private final boolean kept;
  private final JsonElement start;
  private final JsonArray earlierSessions;
  private @Nullable String sourceRev;
  private @Nullable String targetRev;
  private JsonElement recorded;
  private JsonObject log;
  private long number;

  private Checkpoints(
      Peer source,
      Peer target,
      String id,
      String session,
      InstantSource clock,
      CheckpointLog sourceLog,
      CheckpointLog targetLog,
      boolean kept) {
    this.kept = kept;
    this.source = source;
    this.target = target;
    this.id = id;
    this.session = session;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.start = CheckpointLog.common(sourceLog, targetLog);
    this.recorded = start;
    this.sourceRev = sourceLog.rev();
    this.targetRev = targetLog.rev();
    this.earlierSessions = new JsonArray();
    sourceLog.history().stream()
        .limit(HISTORY - 1L)
        .forEach(entry -> earlierSessions.add(entry.json()));
    this.log = nothingNew(sourceLog);
  }

  /**
   * Reads what both ends remember.
   *
   * @param session names the session that begins now; unlike any before
   */
  static Checkpoints open(
      Peer source, Peer target, String id, String session, InstantSource clock) {
    var sourceLog = source.local(id).map(CheckpointLog::read).orElse(CheckpointLog.NONE);
    var targetLog = target.local(id).map(CheckpointLog::read).orElse(CheckpointLog.NONE);
    return new Checkpoints(source, target, id, session, clock, sourceLog, targetLog, true);
  }

  /** For a replication that remembers nothing: begins at the start, and writes to neither end. */
  static Checkpoints none(
      Peer source, Peer target, String id, String session, InstantSource clock) {
    return new Checkpoints(
        source, target, id, session, clock, CheckpointLog.NONE, CheckpointLog.NONE, false);
  }

  /** Where this session begins. */
  JsonElement start() {
    return start;
  }

  /** The sequence that stands at both ends. */
  JsonElement recorded() {
    return recorded;
  }

  /** Writes the checkpoint at both ends, the target first. */
  void write(Checkpoint checkpoint) {
    number++;
    var document = document(checkpoint);
    if (kept) {
      targetRev = put(target, document, targetRev);
      sourceRev = put(source, document, sourceRev);
    }
    log = document;
    recorded = checkpoint.seq();
  }

  /**
   * What stands at both ends now, in the form of the answer to CouchDB's {@code _replicate}; with
   * {@code no_changes} where this session wrote nothing.
   */
  JsonObject log() {
    return log;
  }

  private JsonObject nothingNew(CheckpointLog sourceLog) {
    var known = new JsonObject();
    known.addProperty("no_changes", true);
    known.addProperty(
        "session_id", sourceLog.latest().map(CheckpointLog.Entry::session).orElse(session));
    known.add("source_last_seq", start);
    known.addProperty(CheckpointLog.VERSION, CheckpointLog.VERSION_NUMBER);
    known.add("history", earlierSessions);
    return known;
  }

  private String put(Peer peer, JsonObject document, @Nullable String rev) {
    var copy = new JsonObject();
    copy.addProperty("_id", "_local/" + id);
    if (rev != null) {
      copy.addProperty("_rev", rev);
    }
    document.entrySet().forEach(member -> copy.add(member.getKey(), member.getValue()));
    return peer.putLocal(id, copy);
  }

  private JsonObject document(Checkpoint checkpoint) {
    var entry = new JsonObject();
    entry.addProperty("session_id", session);
    entry.addProperty("number", number);
    entry.addProperty("start_time", HTTP_DATE.format(startedAt));
    entry.addProperty("end_time", HTTP_DATE.format(clock.instant()));
    entry.add("start_last_seq", start);
    entry.add("end_last_seq", checkpoint.seq());
    entry.add("recorded_seq", checkpoint.seq());
    entry.addProperty("missing_checked", checkpoint.done().checked());
    entry.addProperty("missing_found", checkpoint.done().missing());
    entry.addProperty("docs_read", checkpoint.done().read());
    entry.addProperty("docs_written", checkpoint.done().written());
    entry.addProperty("doc_write_failures", checkpoint.done().failures());
    var history = new JsonArray();
    history.add(entry);
    history.addAll(earlierSessions);
    var document = new JsonObject();
    document.addProperty("session_id", session);
    document.addProperty("number", number);
    document.add("source_last_seq", checkpoint.seq());
    document.addProperty(CheckpointLog.VERSION, CheckpointLog.VERSION_NUMBER);
    document.add("history", history);
    return document;
  }
}
