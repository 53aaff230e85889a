package dev.jiggety.agent.replication;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.agent.store.DocumentScanner;
import dev.jiggety.agent.store.InvalidDocumentException;
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
      new Scan(text, answer).whole();
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

  /** Walks over the text once. */
  private static final class Scan {
    private final String text;
    private final BulkGetAnswer answer;
    private final JsonScanner in;
    private final DocumentScanner scanner;

    Scan(String text, BulkGetAnswer answer) {
      this.text = text;
      this.answer = answer;
      this.in = new JsonScanner(text);
      this.scanner = new DocumentScanner(in);
    }

    void whole() throws MalformedException {
      in.beginObject();
      for (var name = in.nextName(); name != null; name = in.nextName()) {
        if (name.equals("results")) {
          in.beginArray();
          while (in.nextElement()) {
            result();
          }
        } else {
          in.skipValue();
        }
      }
      in.end();
    }

    private void result() throws MalformedException {
      var id = "";
      in.beginObject();
      for (var name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "id" -> id = in.nextString();
          case "docs" -> {
            in.beginArray();
            while (in.nextElement()) {
              revision(id);
            }
          }
          default -> in.skipValue();
        }
      }
    }

    private void revision(String id) throws MalformedException {
      var from = in.position();
      @Nullable WireDocument found = null;
      in.beginObject();
      for (var name = in.nextName(); name != null; name = in.nextName()) {
        if (name.equals("ok")) {
          found = document();
        } else {
          in.skipValue();
        }
      }
      if (found != null) {
        answer.documents.add(found);
      } else {
        var row = JsonParser.parseString(in.since(from)).getAsJsonObject();
        answer.absent.add(Fetched.readAbsent(id, row));
      }
    }

    private WireDocument document() throws MalformedException {
      var from = in.position();
      try {
        var write = scanner.next();
        if (write.isPresent() && !write.get().history().isEmpty()) {
          return WireDocument.of(write.get(), text, from, in.reached());
        }
      } catch (InvalidDocumentException e) {
        // Whoever stores it says so; it is not this answer's fault.
      }
      return named(in.since(from));
    }

    /** A document that nobody has looked into but for its name. */
    private static WireDocument named(String document) throws MalformedException {
      var in = new JsonScanner(document);
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
      return WireDocument.of(id, Revision.parse(rev), document);
    }
  }
}
