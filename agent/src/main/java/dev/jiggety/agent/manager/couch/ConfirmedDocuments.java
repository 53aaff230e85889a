package dev.jiggety.agent.manager.couch;

import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.StaleException;
import dev.jiggety.couch.BulkRow;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.couch.Answers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The documents that are confirmed, beside the head. For one thread. */
final class ConfirmedDocuments {
  private static final String REV = "_rev";

  /** Documents of one request: a few megabytes at most with everyday tests. */
  private static final int TOGETHER = 500;

  private static final int MOST_ROUNDS = 3;

  private final HubDatabase config;

  ConfirmedDocuments(HubDatabase config) {
    this.config = config;
  }

  /** What they say. */
  Configuration read() {
    SortedMap<String, Content> documents = new TreeMap<>();
    standing().documents().forEach((id, document) -> documents.put(id, document.content()));
    return new Configuration(documents);
  }

  /**
   * Makes them say this.
   *
   * @param isOurs whether the head of that revision, or none, is the one that this was decided on
   * @throws StaleException when it is not
   */
  void confirm(Configuration shall, Predicate<@Nullable String> isOurs) {
    // A second round writes what an earlier attempt of ours wrote while this one read.
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<JsonObject> writes = writes(shall, isOurs);
      boolean isDone = true;
      for (int i = 0; i < writes.size(); i += TOGETHER) {
        isDone &= write(writes.subList(i, Math.min(i + TOGETHER, writes.size())));
      }
      if (isDone) {
        return;
      }
    }
    throw new HubException(
        HubException.Kind.REFUSED,
        "somebody else changes the documents of %s at the hub %s all the time; let only managers"
                .formatted(config.name(), config.hub().address())
            + " write there");
  }

  /** What has to be written so that the documents say this. */
  private List<JsonObject> writes(Configuration shall, Predicate<@Nullable String> isOurs) {
    Standing is = standing();
    if (!isOurs.test(is.headRev())) {
      throw new StaleException("the head was written by somebody else in between");
    }
    List<JsonObject> writes = new ArrayList<>();
    for (Map.Entry<String, Content> wanted : shall.documents().entrySet()) {
      Document found = is.documents().get(wanted.getKey());
      if (found == null || !found.content().equals(wanted.getValue())) {
        JsonObject document = Contents.document(wanted.getValue());
        if (found != null) {
          document.addProperty(REV, found.rev());
        }
        writes.add(document);
      }
    }
    is.documents()
        .forEach((id, found) -> {
          if (!shall.documents().containsKey(id)) {
            JsonObject tombstone = new JsonObject();
            tombstone.addProperty("_id", id);
            tombstone.addProperty(REV, found.rev());
            tombstone.addProperty("_deleted", true);
            writes.add(tombstone);
          }
        });
    return writes;
  }

  /** Whether all of them are there now; false when some were changed in between. */
  private boolean write(List<JsonObject> documents) {
    List<BulkRow> rows =
        Answers.value(config.bulkDocs(documents, true), config, "write what is in force");
    Map<String, BulkRow> byId = new HashMap<>();
    rows.forEach(row -> byId.put(row.id(), row));
    boolean isDone = true;
    for (JsonObject document : documents) {
      BulkRow row = byId.get(document.get("_id").getAsString());
      if (row == null || row.error().equals("conflict")) {
        isDone = false;
      } else if (!row.isOk()) {
        throw new HubException(
            HubException.Kind.REFUSED,
            "cannot write %s into %s at the hub %s: %s"
                .formatted(row.id(), config.name(), config.hub().address(), row.reason()));
      }
    }
    return isDone;
  }

  /** A document in force. */
  private record Document(String rev, Content content) {}

  /**
   * What stands in the database, at one moment.
   *
   * @param headRev the revision of the head; null for none
   */
  private record Standing(SortedMap<String, Document> documents, @Nullable String headRev) {}

  private Standing standing() {
    SortedMap<String, Document> documents = new TreeMap<>();
    List<String> heads = new ArrayList<>();
    Outcome<Integer> read =
        config.eachRow(
            IdRange.startingWith(""),
            row -> {
              if (row.id().equals(Ids.head())) {
                heads.add(row.rev());
              } else {
                add(documents, row);
              }
            });
    Answers.value(read, config, "read what is in force");
    return new Standing(documents, heads.isEmpty() ? null : heads.getFirst());
  }

  private static void add(SortedMap<String, Document> documents, DocumentRow row) {
    JsonObject document = row.document();
    if (document != null && Ids.isOfConfiguration(row.id())) {
      documents.put(row.id(), new Document(row.rev(), Contents.of(document)));
    }
  }
}
