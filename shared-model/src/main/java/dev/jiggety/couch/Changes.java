package dev.jiggety.couch;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of the changes feed.
 *
 * @param results the rows, in the server's order
 * @param lastSeq where to go on; it can move although there are no rows
 * @param pending how many more there are; -1 where the server does not say
 */
public record Changes(List<Change> results, String lastSeq, long pending) {

  public Changes {
    results = List.copyOf(results);
  }

  /**
   * Reads an answer while it comes.
   *
   * @param hasRow is called when there is a row
   */
  static Changes read(Reader body, Runnable hasRow) {
    List<Change> rows = new ArrayList<>();
    JsonObject rest = new JsonObject();
    try {
      JsonReader json = Json.reader(body);
      json.beginObject();
      while (json.hasNext()) {
        String name = json.nextName();
        if (!name.equals("results")) {
          rest.add(name, Json.next(json));
          continue;
        }
        json.beginArray();
        while (json.hasNext()) { // waits for the first row, or the end
          hasRow.run();
          rows.add(Change.read(json));
        }
        json.endArray();
      }
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalStateException e) {
      throw new JsonParseException("no changes feed", e);
    }
    if (!rest.has("last_seq")) {
      throw new JsonParseException("no changes feed: it has no last_seq");
    }
    return new Changes(rows, Json.sequence(rest.get("last_seq")), Json.number(rest, "pending", -1));
  }

  /** Reads a row that stands alone in a line. */
  static Change row(String line) {
    try {
      JsonReader json = Json.reader(new StringReader(line));
      Change change = Change.read(json);
      if (json.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("more than a row in a line of a changes feed");
      }
      return change;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalStateException e) {
      throw new JsonParseException("no row of a changes feed", e);
    }
  }
}
