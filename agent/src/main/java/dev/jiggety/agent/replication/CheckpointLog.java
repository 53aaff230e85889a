package dev.jiggety.agent.replication;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The local document in which one side of a replication keeps its checkpoints, in CouchDB's form
 * (docs.couchdb.org/en/stable/replication/protocol.html, "Retrieve Replication Logs"): the latest
 * checkpoint and a history with one entry per session. A member of our own, {@code number}, counts
 * the checkpoints of a session.
 *
 * @param latest of the latest session
 * @param history newest first, the latest session's entry included
 * @param rev {@code _rev} of the document; null = it is not there
 */
record CheckpointLog(Optional<Entry> latest, List<Entry> history, @Nullable String rev) {
  static final String VERSION = "replication_id_version";
  static final int VERSION_NUMBER = 3;

  /** One session: its id, the sequence it has reached, and the number of its checkpoint. */
  record Entry(String session, JsonElement seq, long number, JsonObject json) {

    static Optional<Entry> read(JsonElement element, String seqMember) {
      if (element instanceof JsonObject json
          && json.get("session_id") instanceof JsonPrimitive session
          && json.get(seqMember) != null) {
        var number =
            json.get("number") instanceof JsonPrimitive n && n.isNumber() ? n.getAsLong() : -1;
        return Optional.of(new Entry(session.getAsString(), json.get(seqMember), number, json));
      }
      return Optional.empty();
    }
  }

  static final CheckpointLog NONE = new CheckpointLog(Optional.empty(), List.of(), null);

  static CheckpointLog read(JsonObject document) {
    var rev = document.get("_rev") instanceof JsonPrimitive text ? text.getAsString() : null;
    var history = new ArrayList<Entry>();
    if (document.get("history") instanceof JsonArray entries) {
      entries.forEach(entry -> Entry.read(entry, "recorded_seq").ifPresent(history::add));
    }
    return new CheckpointLog(Entry.read(document, "source_last_seq"), history, rev);
  }

  /**
   * Up to where both sides agree. As CouchDB compares: the same session on both sides, else the
   * newest session that both histories have, else the start. Where a session stands on both sides
   * with different checkpoints (the line was cut between the two writes, or one side came back from
   * a backup), the earlier one counts.
   */
  static JsonElement common(CheckpointLog source, CheckpointLog target) {
    if (source.latest.isPresent()
        && target.latest.isPresent()
        && source.latest.get().session.equals(target.latest.get().session)) {
      return earlier(source.latest.get(), target.latest.get());
    }
    return common(source.history, target.history);
  }

  private static JsonElement common(List<Entry> source, List<Entry> target) {
    // Walks both lists in turn, newest first, so that the newest common session is found whichever
    // side has more sessions of which the other never heard.
    for (var i = 0; i < Math.max(source.size(), target.size()); i++) {
      if (i < source.size()) {
        var found = find(source.get(i).session, target);
        if (found.isPresent()) {
          return earlier(source.get(i), found.get());
        }
      }
      if (i < target.size()) {
        var found = find(target.get(i).session, source);
        if (found.isPresent()) {
          return earlier(found.get(), target.get(i));
        }
      }
    }
    return Checkpoint.START;
  }

  private static Optional<Entry> find(String session, List<Entry> entries) {
    return entries.stream().filter(entry -> entry.session.equals(session)).findFirst();
  }

  /** Sequences cannot be compared; the numbers can. Without them the source's, written last. */
  private static JsonElement earlier(Entry source, Entry target) {
    return target.number >= 0 && target.number < source.number ? target.seq : source.seq;
  }
}
