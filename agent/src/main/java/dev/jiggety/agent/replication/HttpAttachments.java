package dev.jiggety.agent.replication;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.couch.BulkRow;
import dev.jiggety.couch.HubAttachments;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The documents of a hub that have attachments. They come as stubs first; then those with small
 * ones are asked for once more, all together and with contents, and of the others each content is
 * read when the target wants it. They are sent one by one, as {@code multipart/related}.
 */
final class HttpAttachments {
  /** Statuses of a server that cannot take a document in parts. */
  private static final Set<Integer> NO_MULTIPART = Set.of(400, 405, 415, 501);

  /** The most that is sent inside a document to such a server, in bytes. */
  private static final long INLINE_LIMIT = 8L << 20;

  private final HubDatabase database;
  private final HttpPeer peer;

  HttpAttachments(HubDatabase database, HttpPeer peer) {
    this.database = database;
    this.peer = peer;
  }

  /** Whether the text may be that of a document with attachments. */
  static boolean has(WireDocument document) {
    return !document.isPlain()
        && document.text().contains("\"_attachments\"")
        && !stubs(document.json()).isEmpty();
  }

  private static List<Map.Entry<String, JsonElement>> stubs(JsonObject json) {
    return json.get("_attachments") instanceof JsonObject attachments
        ? attachments.entrySet().stream().filter(each -> isStub(each.getValue())).toList()
        : List.of();
  }

  private static boolean isStub(JsonElement attachment) {
    return attachment instanceof JsonObject properties
        && properties.get("stub") instanceof JsonPrimitive stub
        && stub.isBoolean()
        && stub.getAsBoolean();
  }

  // -- from the hub ----------------------------------------------------------------------------

  /**
   * Adds what stubs stand for.
   *
   * @param stubbed documents as {@code _bulk_get} gave them, and what it could not give
   */
  Fetched complete(List<WantedRevisions> wanted, Fetched stubbed, long maxBytes) {
    var known = new HashMap<String, List<Revision>>();
    wanted.forEach(one -> known.put(one.id(), one.known()));
    var documents = new ArrayList<WireDocument>();
    var small = new ArrayList<WireDocument>();
    var taken = new HashSet<String>();
    var later = new HashSet<String>();
    var bytes = 0L;
    for (var document : stubbed.documents()) {
      if (bytes >= maxBytes && !taken.contains(document.id())) {
        later.add(document.id());
        continue;
      }
      taken.add(document.id());
      if (!has(document)) {
        documents.add(document);
        bytes += document.length();
        continue;
      }
      var beside = beside(document, known.getOrDefault(document.id(), List.of()));
      bytes += beside.bytes();
      if (!beside.following().isEmpty() && attached(document) <= WireDocument.SMALL) {
        small.add(document);
      } else {
        documents.add(beside);
      }
    }
    var failures =
        new ArrayList<>(
            stubbed.failures().stream().filter(each -> !later.contains(each.id())).toList());
    if (!small.isEmpty()) {
      addSmall(small, documents, failures);
    }
    var rest = wanted.stream().filter(one -> later.contains(one.id())).toList();
    return new Fetched(documents, failures, rest, bytes);
  }

  /** All at once, inside their documents. */
  private void addSmall(
      List<WireDocument> stubbed, List<WireDocument> documents, List<RevisionFailure> failures) {
    var wanted = stubbed.stream().map(d -> new WantedRevisions(d.id(), List.of(d.rev()))).toList();
    var fetched = peer.fetchInline(wanted);
    documents.addAll(fetched.documents());
    failures.addAll(fetched.failures());
  }

  private static long attached(WireDocument document) {
    return stubs(document.json()).stream()
        .mapToLong(each -> number(each.getValue().getAsJsonObject(), "length"))
        .sum();
  }

  private WireDocument beside(WireDocument document, List<Revision> known) {
    var all =
        stubs(document.json()).stream()
            .map(each -> attachment(document, each.getKey(), each.getValue().getAsJsonObject()))
            .toList();
    var common =
        history(document.json()).stream()
            .filter(known::contains)
            .mapToInt(Revision::generation)
            .max()
            .orElse(0);
    var wanted = all.stream().filter(each -> each.revpos() > common).toList();
    var text = document.text();
    return WireDocument.of(
        document.id(),
        document.rev(),
        text,
        wanted,
        wanted.size() == all.size()
            ? null
            : () -> WireDocument.of(document.id(), document.rev(), text, all, null));
  }

  private static List<Revision> history(JsonObject document) {
    var history = new ArrayList<Revision>();
    if (document.get("_revisions") instanceof JsonObject revisions
        && revisions.get("ids") instanceof JsonArray ids) {
      var generation = (int) number(revisions, "start");
      for (var id : ids) {
        if (generation > 0) {
          history.add(new Revision(generation--, id.getAsString()));
        }
      }
    }
    return history;
  }

  private WireAttachment attachment(WireDocument document, String name, JsonObject stub) {
    var digest = text(stub, "digest").orElse("");
    return new WireAttachment(
        peer.identity(),
        name,
        text(stub, "content_type").orElse("application/octet-stream"),
        digest,
        number(stub, "length"),
        (int) number(stub, "revpos"),
        digest.startsWith("md5-") && !stub.has("encoding"),
        false,
        () -> open(document, name));
  }

  private InputStream open(WireDocument document, String name) {
    var outcome = database.attachments().read(document.id(), document.rev().toString(), name);
    if (outcome instanceof Outcome.Missing<InputStream>(var reason)) {
      throw new AttachmentLostException(name, "is not at " + peer.identity() + ": " + reason);
    }
    return peer.need(outcome);
  }

  private static long number(JsonObject object, String name) {
    return object.get(name) instanceof JsonPrimitive number && number.isNumber()
        ? number.getAsLong()
        : 0;
  }

  private static Optional<String> text(JsonObject object, String name) {
    return object.get(name) instanceof JsonPrimitive text
        ? Optional.of(text.getAsString())
        : Optional.empty();
  }

  // -- to the hub ------------------------------------------------------------------------------

  /** Stores one document with what follows it; gives what went wrong. */
  Optional<RevisionFailure> put(WireDocument document) {
    try {
      var parts =
          document.following().stream()
              .map(each ->
                  new HubAttachments.Part(
                      each.name(), each.contentType(), each.length(), each::open))
              .toList();
      var outcome = database.attachments().put(document.id(), announcing(document), parts);
      return switch (outcome) {
        case Outcome.Ok<String> _ -> Optional.empty();
        case Outcome.Refused<String>(int status, var error, var reason) ->
            refused(
                document,
                status,
                new RevisionFailure(document.id(), document.rev(), error, reason));
        case Outcome.Conflict<String>(var reason) ->
            Optional.of(new RevisionFailure(document.id(), document.rev(), "conflict", reason));
        case Outcome.Missing<String> _, Outcome.Unavailable<String> _ -> throw peer.failed(outcome);
      };
    } catch (AttachmentLostException e) {
      return Optional.of(e.of(document));
    }
  }

  private Optional<RevisionFailure> refused(
      WireDocument document, int status, RevisionFailure failure) {
    if (status == 401 || status == 403) {
      // The document, or all of us? The second shows at any other request.
      peer.info();
      return Optional.of(failure);
    }
    if (failure.error().equals("missing_stub")) {
      var whole = document.whole();
      return whole.isPresent() ? put(whole.get()) : Optional.of(failure);
    }
    var bytes = document.following().stream().mapToLong(WireAttachment::length).sum();
    if (!NO_MULTIPART.contains(status) || bytes > INLINE_LIMIT) {
      return Optional.of(failure);
    }
    var inline = database.bulkTexts(List.of(inline(document)));
    if (inline instanceof Outcome.Refused<List<BulkRow>>(int _, var error, var reason)) {
      return Optional.of(new RevisionFailure(document.id(), document.rev(), error, reason));
    }
    return peer.need(inline).stream()
        .filter(row -> !row.isOk())
        .findFirst()
        .map(row -> new RevisionFailure(document.id(), document.rev(), row.error(), row.reason()));
  }

  /** The document's text, which says what follows. */
  private static String announcing(WireDocument document) {
    return changed(
        document,
        (attachment, properties) -> {
          properties.addProperty("follows", true);
          properties.addProperty("length", attachment.length());
        });
  }

  private static String inline(WireDocument document) {
    return changed(
        document,
        (attachment, properties) -> {
          properties.remove("length");
          properties.addProperty("data", base64(attachment));
        });
  }

  private static String base64(WireAttachment attachment) {
    try (var in = attachment.open()) {
      return Base64.getEncoder().encodeToString(in.readAllBytes());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String changed(
      WireDocument document, java.util.function.BiConsumer<WireAttachment, JsonObject> change) {
    var json = document.json().deepCopy();
    var attachments = json.getAsJsonObject("_attachments");
    for (var attachment : document.following()) {
      var properties = attachments.getAsJsonObject(attachment.name());
      properties.remove("stub");
      properties.remove("encoding");
      properties.remove("encoded_length");
      if (!attachment.exact()) {
        properties.remove("digest");
      }
      change.accept(attachment, properties);
    }
    return json.toString();
  }
}
