package dev.jiggety.agent.replication;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.Fetched;
import dev.jiggety.document.JsonScanner;
import dev.jiggety.document.JsonScanner.MalformedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code _bulk_get}, taken apart into the texts of its documents.
 *
 * @param absent what the server could not give
 */
record BulkGetAnswer(List<WireDocument> documents, List<Fetched.Absent> absent) {

  /**
   * Reads an answer.
   *
   * @throws JsonParseException when it is none
   */
  static BulkGetAnswer read(String text) {
    try {
      var answer = new BulkGetAnswer(new ArrayList<>(), new ArrayList<>());
      answer.scan(new JsonScanner(text));
      return answer;
    } catch (MalformedException | IllegalArgumentException e) {
      return parse(text);
    }
  }

  /** With a tree, for what is not as CouchDB writes it. */
  private static BulkGetAnswer parse(String text) {
    if (!(JsonParser.parseString(text) instanceof JsonObject json)) {
      throw new JsonParseException("no answer to _bulk_get");
    }
    var answer = new BulkGetAnswer(new ArrayList<>(), new ArrayList<>());
    for (var fetched : Fetched.readBulk(json)) {
      switch (fetched) {
        case Fetched.Found found -> answer.documents.add(WireDocument.of(found.document()));
        case Fetched.Absent missing -> answer.absent.add(missing);
      }
    }
    return answer;
  }

  private void scan(JsonScanner in) throws MalformedException {
    in.beginObject();
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      if (name.equals("results")) {
        in.beginArray();
        while (in.nextElement()) {
          scanResult(in);
        }
      } else {
        in.skipValue();
      }
    }
    in.end();
  }

  private void scanResult(JsonScanner in) throws MalformedException {
    var id = "";
    in.beginObject();
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      switch (name) {
        case "id" -> id = in.nextString();
        case "docs" -> {
          in.beginArray();
          while (in.nextElement()) {
            scanDocument(in, id);
          }
        }
        default -> in.skipValue();
      }
    }
  }

  private void scanDocument(JsonScanner in, String id) throws MalformedException {
    var from = in.position();
    @Nullable WireDocument found = null;
    in.beginObject();
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      if (name.equals("ok")) {
        found = document(in);
      } else {
        in.skipValue();
      }
    }
    if (found != null) {
      documents.add(found);
    } else {
      var row = JsonParser.parseString(in.since(from)).getAsJsonObject();
      absent.add(Fetched.readAbsent(id, row));
    }
  }

  private static WireDocument document(JsonScanner in) throws MalformedException {
    var from = in.position();
    var id = "";
    var rev = "";
    in.beginObject();
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      switch (name) {
        case "_id" -> id = in.nextString();
        case "_rev" -> rev = in.nextString();
        default -> in.skipValue();
      }
    }
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a document without _id");
    }
    return WireDocument.of(id, Revision.parse(rev), in.since(from));
  }
}
