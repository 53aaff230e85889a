package dev.jiggety.couch;

import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the changes feed.
 *
 * @param seq opaque; goes into {@code since} as it is
 * @param id the document that changed
 * @param revs the winning revision, or with {@code style=all_docs} all leaves
 * @param deleted whether the winner is a tombstone
 * @param document the winner; null where documents were not asked for
 */
public record Change(
    String seq, String id, List<String> revs, boolean deleted, @Nullable JsonObject document) {

  public Change {
    revs = List.copyOf(revs);
  }

  /**
   * Reads a row as it comes, without a tree: a replication reads very many. Without an id it is the
   * end of a feed.
   *
   * @throws IllegalStateException where something is of another kind than it must be
   */
  static Change read(JsonReader in) throws IOException {
    String seq = "0";
    String id = "";
    List<String> revs = List.of();
    boolean deleted = false;
    JsonObject document = null;
    in.beginObject();
    while (in.hasNext()) {
      switch (in.nextName()) {
        case "seq" -> seq = sequence(in);
        case "id" -> id = in.nextString();
        case "changes" -> revs = revisions(in);
        case "deleted" -> deleted = in.nextBoolean();
        case "doc" -> document = Json.next(in) instanceof JsonObject object ? object : null;
        default -> in.skipValue();
      }
    }
    in.endObject();
    return new Change(seq, id, revs, deleted, document);
  }

  private static String sequence(JsonReader in) throws IOException {
    return in.peek() == JsonToken.STRING ? in.nextString() : Json.sequence(Json.next(in));
  }

  private static List<String> revisions(JsonReader in) throws IOException {
    List<String> revs = new ArrayList<>(1);
    in.beginArray();
    while (in.hasNext()) {
      in.beginObject();
      while (in.hasNext()) {
        if (in.nextName().equals("rev")) {
          revs.add(in.nextString());
        } else {
          in.skipValue();
        }
      }
      in.endObject();
    }
    in.endArray();
    return revs;
  }
}
