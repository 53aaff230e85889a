package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.DocumentType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Documents of one type in the status database, each written by who it is about. */
final class OwnDocuments<T> {
  private static final int ATTEMPTS = 5;
  private static final Logger LOG = System.getLogger(OwnDocuments.class.getName());

  private final HubDatabase status;
  private final DocumentType<T> type;

  /** What was written last, with its revision: saves reading it before each heartbeat. */
  private final ConcurrentMap<String, JsonObject> written = new ConcurrentHashMap<>();

  OwnDocuments(HubDatabase status, DocumentType<T> type) {
    this.status = status;
    this.type = type;
  }

  /** All of them; one that cannot be read is left out. */
  List<T> all() {
    List<T> all = new ArrayList<>();
    List<DocumentRow> rows =
        Answers.value(
            status.allDocs(IdRange.startingWith(type.type() + ":")),
            status,
            "read the " + type.type() + "s");
    for (DocumentRow row : rows) {
      JsonObject document = row.document();
      try {
        if (document != null) {
          all.add(type.read(document));
        }
      } catch (DocumentException e) {
        LOG.log(
            Level.WARNING,
            "left out a {0} that cannot be read: {1}",
            type.type(),
            String.valueOf(e.getMessage()));
      }
    }
    return all;
  }

  /** Writes one over whatever stood there. */
  void report(T value) {
    report(value, _ -> {});
  }

  /**
   * Writes one over whatever stood there.
   *
   * @param other is told what somebody else has put in the place of the last one
   */
  void report(T value, Consumer<T> other) {
    String id = type.id(value);
    JsonObject before = written.get(id);
    Outcome<String> put = put(value, id, before);
    for (int i = 1; i < ATTEMPTS && put instanceof Outcome.Conflict<String>; i++) {
      Outcome<JsonObject> found = status.get(id);
      before =
          found instanceof Outcome.Missing<JsonObject>
              ? null
              : Answers.value(found, status, "read " + inWords(id));
      tell(before, other);
      put = put(value, id, before);
    }
    if (!put.isOk()) {
      written.remove(id);
      throw Answers.failure(put, status, "report " + inWords(id));
    }
  }

  private void tell(@Nullable JsonObject found, Consumer<T> other) {
    if (found != null) {
      try {
        other.accept(type.read(found));
      } catch (DocumentException e) {
        LOG.log(Level.DEBUG, "what stood there cannot be read: {0}", e.getMessage());
      }
    }
  }

  private Outcome<String> put(T value, String id, @Nullable JsonObject before) {
    JsonObject document = type.write(value);
    if (before != null) {
      document = keepingUnknown(value, before, document);
      document.add("_rev", before.get("_rev"));
    }
    Outcome<String> put = status.put(document);
    if (put instanceof Outcome.Ok<String>(String rev)) {
      document.addProperty("_rev", rev);
      written.put(id, document);
    }
    return put;
  }

  /** Like {@code the node north}. */
  private static String inWords(String id) {
    return "the " + id.replaceFirst(":", " ");
  }

  private JsonObject keepingUnknown(T value, JsonObject before, JsonObject otherwise) {
    try {
      return type.write(value, before);
    } catch (DocumentException e) {
      return otherwise; // it is its own document: what it says now counts
    }
  }
}
