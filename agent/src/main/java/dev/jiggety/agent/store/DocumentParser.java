package dev.jiggety.agent.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.document.CanonicalJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes documents apart as CouchDB does ({@code couch_doc:from_json_obj}), with its words for what
 * it refuses.
 */
final class DocumentParser {

  private DocumentParser() {}

  static DocumentWrite parse(JsonObject document) {
    var id = document.get("_id");
    if (id == null) {
      return parse(document, DocumentIds.random());
    }
    if (!isString(id)) {
      throw new InvalidDocumentException(
          InvalidDocumentException.ILLEGAL_ID, "Document id must be a string");
    }
    return parse(document, id.getAsString());
  }

  static DocumentWrite parse(JsonObject document, String id) {
    DocumentIds.check(id);
    var body = new ArrayList<Map.Entry<String, JsonElement>>(document.size());
    var deleted = false;
    @Nullable Revision rev = null;
    List<Revision> revisions = List.of();
    Map<String, AttachmentWrite> attachments = Map.of();
    for (var member : document.entrySet()) {
      var name = member.getKey();
      var value = member.getValue();
      if (!name.startsWith("_")) {
        body.add(member);
        continue;
      }
      switch (name) {
        case "_id", "_revs_info", "_conflicts", "_deleted_conflicts", "_local_seq" -> {}
        case "_replication_id",
            "_replication_state",
            "_replication_state_reason",
            "_replication_state_time",
            "_replication_stats" ->
            body.add(member);
        case "_rev" -> rev = revision(value);
        case "_revisions" -> revisions = revisions(value);
        case "_deleted" -> deleted = truth(name, value);
        case "_attachments" -> attachments = attachments(value);
        default -> throw invalid("Bad special document member: " + name);
      }
    }
    var history = revisions.isEmpty() && rev != null ? List.of(rev) : revisions;
    // What was made elsewhere has its revision already; edits get theirs from the canonical text.
    var canonical = revisions.isEmpty() ? CanonicalJson.write(body) : null;
    return new DocumentWrite(
        id, history, deleted, CanonicalJson.compact(body), canonical, attachments);
  }

  static void checkHistory(List<Revision> history) {
    if (history.isEmpty()) {
      throw new InvalidDocumentException(
          InvalidDocumentException.BAD_REQUEST,
          "When `new_edits: false`, the document needs `_rev` or `_revisions` specified");
    }
    for (var i = 1; i < history.size(); i++) {
      if (history.get(i).generation() != history.get(i - 1).generation() - 1) {
        throw invalid("_revisions has a gap after " + history.get(i - 1));
      }
    }
    if (history.getLast().generation() < 1) {
      throw invalid("_revisions.start is smaller than the number of its ids");
    }
  }

  private static Revision revision(JsonElement value) {
    try {
      if (isString(value)) {
        return Revision.parse(value.getAsString());
      }
    } catch (IllegalArgumentException e) {
      // The same words as for what is no string at all.
    }
    throw new InvalidDocumentException(InvalidDocumentException.BAD_REQUEST, "Invalid rev format");
  }

  private static List<Revision> revisions(JsonElement value) {
    if (!(value instanceof JsonObject object)) {
      throw invalid("_revisions isn't an object.");
    }
    var start = integer(object.get("start"));
    if (start < 0) {
      throw invalid("_revisions.start isn't an integer.");
    }
    if (!(object.get("ids") instanceof com.google.gson.JsonArray ids)) {
      throw invalid("_revisions.ids isn't a array.");
    }
    var history = new ArrayList<Revision>(ids.size());
    for (var id : ids) {
      if (!isString(id)) {
        throw invalid("RevId isn't a string");
      }
      try {
        history.add(new Revision((int) start - history.size(), id.getAsString()));
      } catch (IllegalArgumentException e) {
        throw invalid("RevId isn't a valid hexadecimal");
      }
    }
    if (!history.isEmpty()) {
      checkHistory(history);
    }
    return history;
  }

  private static boolean truth(String name, JsonElement value) {
    if (value instanceof JsonPrimitive flag && flag.isBoolean()) {
      return flag.getAsBoolean();
    }
    throw invalid("Bad special document member: " + name);
  }

  private static Map<String, AttachmentWrite> attachments(JsonElement value) {
    if (!(value instanceof JsonObject object)) {
      throw invalid("_attachments isn't an object.");
    }
    var attachments = new LinkedHashMap<String, AttachmentWrite>();
    for (var entry : object.entrySet()) {
      if (!(entry.getValue() instanceof JsonObject properties)) {
        throw invalid("Attachment " + entry.getKey() + " isn't an object.");
      }
      attachments.put(entry.getKey(), attachment(entry.getKey(), properties));
    }
    return attachments;
  }

  private static AttachmentWrite attachment(String name, JsonObject properties) {
    if (name.isEmpty() || name.startsWith("_")) {
      throw new InvalidDocumentException(
          InvalidDocumentException.BAD_REQUEST,
          "Attachment name '" + name + "' is empty or starts with prohibited character '_'");
    }
    var type = string(properties, "content_type").orElse("application/octet-stream");
    var revpos = (int) Math.max(0, integer(properties.get("revpos")));
    if (properties.get("stub") instanceof JsonPrimitive stub
        && stub.isBoolean()
        && stub.getAsBoolean()) {
      return new AttachmentWrite(
          name, type, Optional.empty(), string(properties, "digest"), revpos);
    }
    var data =
        string(properties, "data")
            .orElseThrow(() ->
                new InvalidDocumentException(
                    InvalidDocumentException.BAD_REQUEST,
                    "Attachment " + name + " has neither data nor stub"));
    try {
      var content = AttachmentContent.of(Base64.getDecoder().decode(data));
      return new AttachmentWrite(
          name, type, Optional.of(content), Optional.of(content.digest()), revpos);
    } catch (IllegalArgumentException e) {
      throw new InvalidDocumentException(
          InvalidDocumentException.BAD_REQUEST,
          "Attachment data for " + name + " is not valid Base64");
    }
  }

  private static Optional<String> string(JsonObject object, String name) {
    var value = object.get(name);
    return value != null && isString(value) ? Optional.of(value.getAsString()) : Optional.empty();
  }

  private static boolean isString(JsonElement value) {
    return value instanceof JsonPrimitive primitive && primitive.isString();
  }

  /** A number ≥ 0 that fits an int; -1 for anything else. */
  private static long integer(@Nullable JsonElement value) {
    if (value instanceof JsonPrimitive number && number.isNumber()) {
      try {
        var exact = Long.parseLong(number.getAsString());
        return exact >= 0 && exact <= Integer.MAX_VALUE ? exact : -1;
      } catch (NumberFormatException e) {
        return -1;
      }
    }
    return -1;
  }

  private static InvalidDocumentException invalid(String reason) {
    return new InvalidDocumentException(InvalidDocumentException.VALIDATION, reason);
  }
}
