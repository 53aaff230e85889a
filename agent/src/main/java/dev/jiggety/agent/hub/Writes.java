package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentIds;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.WriteGuard;
import dev.jiggety.agent.store.WriteOutcome;
import dev.jiggety.agent.store.view.DesignDocuments;
import dev.jiggety.agent.store.view.DesignException;
import java.util.List;

/**
 * The way of every document into a store, whatever route it came by: rights on it, accounts, sizes.
 */
final class Writes {
  private final Rights rights;
  private final UserDocuments users;
  private final Uuids uuids;
  private final HubConfig.Limits limits;
  private final Validation validation;
  private final DesignDocuments designs;
  private final Partitions partitions;
  private final AccessLog log;

  Writes(
      Rights rights,
      UserDocuments users,
      Uuids uuids,
      HubConfig.Limits limits,
      Validation validation,
      DesignDocuments designs,
      Partitions partitions,
      AccessLog log) {
    this.designs = designs;
    this.log = log;
    this.rights = rights;
    this.validation = validation;
    this.users = users;
    this.uuids = uuids;
    this.limits = limits;
    this.partitions = partitions;
  }

  /**
   * A document as the client wrote it.
   *
   * @throws CouchError 401 or 403, where this user may not write it; 400 or 413, where nobody may
   * @throws dev.jiggety.agent.store.InvalidDocumentException where it is none
   */
  DocumentWrite check(UserContext user, DocumentStore store, JsonObject document) {
    if (!document.has("_id")) {
      document.addProperty("_id", uuids.next());
    }
    var id =
        document.get("_id") instanceof JsonPrimitive text && text.isString()
            ? text.getAsString()
            : "";
    checkId(user, store, id);
    if (id.startsWith(DocumentIds.DESIGN)) {
      checkDesign(document);
    }
    if (store.name().equals(ReplicatorDatabase.NAME)) {
      ReplicatorDatabase.check(document, id);
    }
    var isUser = store.name().equals(UserDocuments.DATABASE);
    var write =
        DocumentWrite.fromJson(isUser ? users.prepare(document, id, user, store) : document);
    checkSize(write);
    return write;
  }

  /**
   * A replicated document that was read already; not for databases with rules of their own, whose
   * name begins with an underscore.
   *
   * @throws CouchError as {@link #check}
   */
  void checkReplicated(UserContext user, DocumentStore store, DocumentWrite write) {
    checkId(user, store, write.id());
    checkSize(write);
  }

  private void checkSize(DocumentWrite write) {
    if (write.isLargerThan(limits.documentBytes())) {
      throw CouchError.documentTooLarge(write.id());
    }
  }

  /**
   * Whether this user may write a document of this id at all.
   *
   * @throws CouchError 401 or 403
   */
  void checkId(UserContext user, DocumentStore store, String id) {
    rights.checkDocument(user, store, id);
    if (Rights.isReserved(id)) {
      throw CouchError.forbidden(id + " is reserved for the hub");
    }
    partitions.checkId(store, id);
    if (id.startsWith(DocumentIds.DESIGN)) {
      rights
          .databaseAdminError(user, store)
          .ifPresent(error -> {
            throw error;
          });
    }
  }

  /** Whether this says that a design document is none, which concerns that document alone. */
  static boolean isOfDesign(CouchError error) {
    return error.error().equals(DesignException.COMPILATION)
        || error.error().equals(DesignException.INVALID);
  }

  /** Whether its views can be had; whatever this hub has not is taken as it is. */
  private void checkDesign(JsonObject document) {
    try {
      designs.check(document);
    } catch (DesignException e) {
      var error = new CouchError(400, e.error(), e.reason());
      if (isOfDesign(error)) {
        throw error;
      }
    }
  }

  /**
   * Stores one document that has been checked, if the design documents let this user.
   *
   * @throws CouchError where it was not stored
   */
  WriteOutcome.Stored store(
      UserContext user, DocumentStore store, DocumentWrite write, boolean newEdits) {
    var outcome = store(user, store, List.of(write), newEdits).getFirst();
    if (outcome instanceof WriteOutcome.Stored stored) {
      return stored;
    }
    throw CouchError.of(outcome);
  }

  /** Stores documents that have been checked; the answers come in their order. */
  List<WriteOutcome> store(
      UserContext user, DocumentStore store, List<DocumentWrite> writes, boolean newEdits) {
    var watch = AccessWatch.of(store, writes);
    var outcomes = store.bulk(writes, newEdits, guard(user, store));
    watch.tell(log, user, outcomes);
    return outcomes;
  }

  /** What the design documents of this database say to writes of this user; good for long. */
  WriteGuard guard(UserContext user, DocumentStore store) {
    return validation.guard(user, store);
  }
}
