package dev.jiggety.agent.store;

import com.google.gson.JsonObject;
import dev.jiggety.document.JsonScanner;
import dev.jiggety.document.JsonScanner.MalformedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes documents apart that come as text, from another database mostly, without making trees of
 * their bodies: the text of a body goes into the store as it came. What is not as a database writes
 * it (blanks, a member twice, no JSON) is left to {@link DocumentParser}. For one thread.
 */
public final class DocumentScanner {
  private final JsonScanner in;
  private final HashSet<String> names = new HashSet<>();

  /** Reads documents where they stand in a text. */
  public DocumentScanner(JsonScanner in) {
    this.in = in;
  }

  /**
   * The write; empty where the text is to be parsed.
   *
   * @throws InvalidDocumentException as the parser
   */
  static Optional<DocumentWrite> scan(String text) {
    try {
      var in = new JsonScanner(text);
      var write = new DocumentScanner(in).next();
      in.end();
      return in.sawBlanksSince(0) ? Optional.empty() : write;
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /**
   * The next value of the text, which is passed over in any case; empty where it is to be parsed.
   *
   * @throws InvalidDocumentException as the parser
   * @throws MalformedException where nothing that follows can be read
   */
  public Optional<DocumentWrite> next() throws MalformedException {
    var from = in.position();
    var head = new Head();
    names.clear();
    var body = new StringBuilder(256).append('{');
    in.beginObject();
    for (var name = in.nextName(); name != null; name = in.nextName()) {
      head.odd |= !names.add(name) || name.startsWith("_replication_");
      if (name.startsWith("_")) {
        head.read(name, in);
      } else {
        in.skipValue();
        in.appendMember(body.length() == 1 ? body : body.append(','));
      }
    }
    if (in.sawBlanksSince(from) || head.isOdd()) {
      return Optional.empty();
    }
    return Optional.of(head.write(body.append('}').toString()));
  }

  /**
   * The members that begin with an underscore; odd ones are the parser's, which knows the words.
   */
  private static final class Head {
    private final JsonObject others = new JsonObject();
    private String id = "";
    private List<Revision> rev = List.of();
    private List<Revision> revisions = List.of();
    private boolean deleted;
    private boolean odd;

    boolean isOdd() {
      var differ = !rev.isEmpty() && !revisions.isEmpty() && !rev.contains(revisions.getFirst());
      return odd || differ || id.isEmpty();
    }

    void read(String name, JsonScanner in) throws MalformedException {
      switch (name) {
        case "_id" -> id = in.nextString();
        case "_rev" -> rev = revision(in.nextString());
        case "_revisions" -> revisions = history(in);
        case "_deleted" -> {
          var from = in.position();
          in.skipValue();
          var value = in.since(from);
          deleted = value.equals("true");
          odd |= !deleted && !value.equals("false");
        }
        default -> others.add(name, in.nextTree());
      }
    }

    private List<Revision> revision(String text) {
      try {
        return List.of(Revision.parse(text));
      } catch (IllegalArgumentException e) {
        odd = true;
        return List.of();
      }
    }

    private List<Revision> history(JsonScanner in) throws MalformedException {
      var start = "";
      var ids = new ArrayList<String>(1);
      in.beginObject();
      for (var name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "start" -> {
            var from = in.position();
            in.skipValue();
            start = in.since(from);
          }
          case "ids" -> {
            in.beginArray();
            while (in.nextElement()) {
              ids.add(in.nextString());
            }
          }
          default -> odd = true;
        }
      }
      try {
        var generation = Integer.parseInt(start);
        odd |= ids.isEmpty() || generation < ids.size();
        var history = new ArrayList<Revision>(ids.size());
        for (var each : ids) {
          history.add(new Revision(generation - history.size(), each));
        }
        return history;
      } catch (IllegalArgumentException e) {
        odd = true;
        return List.of();
      }
    }

    DocumentWrite write(String body) {
      Map<String, AttachmentWrite> attachments = Map.of();
      if (!others.isEmpty()) {
        others.addProperty("_id", id);
        attachments = DocumentParser.parse(others).attachments();
      }
      var history = revisions.isEmpty() ? rev : revisions;
      return new DocumentWrite(id, history, deleted, body, null, attachments);
    }
  }
}
