package dev.jiggety.agent.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Puts a document together as CouchDB shows it. */
final class DocumentJson {

  private DocumentJson() {}

  static JsonObject write(
      StoredDocument document, DocumentForm form, Function<String, byte[]> contents) {
    var json = new JsonObject();
    json.addProperty("_id", document.id());
    json.addProperty("_rev", document.rev().toString());
    if (document.deleted()) {
      json.addProperty("_deleted", true);
    }
    document.body().entrySet().forEach(member -> json.add(member.getKey(), member.getValue()));
    if (document.hasAttachments()) {
      json.add("_attachments", attachments(document, form.attachments(), contents));
    }
    if (form.revisions()) {
      json.add("_revisions", revisions(document.history()));
    }
    if (form.revsInfo()) {
      json.add("_revs_info", revsInfo(document));
    }
    if (form.conflicts()) {
      addNonEmpty(json, "_conflicts", document.conflicts());
    }
    if (form.deletedConflicts()) {
      addNonEmpty(json, "_deleted_conflicts", document.deletedConflicts());
    }
    if (form.localSeq()) {
      json.addProperty("_local_seq", document.seq());
    }
    return json;
  }

  private static void addNonEmpty(JsonObject json, String name, List<Revision> revisions) {
    if (!revisions.isEmpty()) {
      var list = new JsonArray();
      revisions.forEach(rev -> list.add(rev.toString()));
      json.add(name, list);
    }
  }

  private static JsonObject revisions(List<Revision> history) {
    var ids = new JsonArray();
    history.forEach(rev -> ids.add(rev.hash()));
    var revisions = new JsonObject();
    revisions.addProperty("start", history.getFirst().generation());
    revisions.add("ids", ids);
    return revisions;
  }

  private static JsonArray revsInfo(StoredDocument document) {
    var list = new JsonArray();
    for (var rev : document.history()) {
      var node = document.tree().node(rev).orElseThrow();
      var info = new JsonObject();
      info.addProperty("rev", rev.toString());
      info.add(
          "status",
          new JsonPrimitive(
              node.body() == 0 ? "missing" : node.deleted() ? "deleted" : "available"));
      list.add(info);
    }
    return list;
  }

  private static JsonObject attachments(
      StoredDocument document, boolean inline, Function<String, byte[]> contents) {
    var json = new JsonObject();
    for (var attachment : document.attachments()) {
      var properties = new JsonObject();
      properties.addProperty("content_type", attachment.contentType());
      properties.addProperty("revpos", attachment.revpos());
      properties.addProperty("digest", attachment.digest());
      if (inline) {
        properties.addProperty(
            "data", Base64.getEncoder().encodeToString(contents.apply(attachment.digest())));
      } else {
        properties.addProperty("length", attachment.length());
        properties.addProperty("stub", true);
      }
      json.add(attachment.name(), properties);
    }
    return json;
  }
}
