package dev.jiggety.agent.replication;

import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredAttachment;
import dev.jiggety.agent.store.StoredDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * A stored revision as text for the wire. The body's text goes out as it lies in the store; nothing
 * is parsed.
 */
final class StoreText {
  private StoreText() {}

  static WireDocument write(DocumentStore store, StoredDocument document) {
    var body = document.bodyText();
    var text = new StringBuilder(body.length() + 200);
    text.append("{\"_id\":").append(quoted(document.id()));
    text.append(",\"_rev\":").append(quoted(document.rev().toString()));
    appendHistory(text, document);
    if (document.deleted()) {
      text.append(",\"_deleted\":true");
    }
    if (document.hasAttachments()) {
      appendAttachments(text, store, document);
    }
    var members = body.indexOf('{') + 1;
    if (firstIs(body, members, '}')) {
      text.append('}');
    } else {
      text.append(',').append(body, members, body.length());
    }
    return WireDocument.of(document.id(), document.rev(), text.toString());
  }

  private static boolean firstIs(String body, int from, char wanted) {
    var i = from;
    while (Character.isWhitespace(body.charAt(i))) {
      i++;
    }
    return body.charAt(i) == wanted;
  }

  private static void appendHistory(StringBuilder text, StoredDocument document) {
    var history = document.history();
    text.append(",\"_revisions\":{\"start\":").append(document.rev().generation());
    text.append(",\"ids\":[");
    for (var i = 0; i < history.size(); i++) {
      text.append(i == 0 ? "" : ",").append(quoted(history.get(i).hash()));
    }
    text.append("]}");
  }

  private static void appendAttachments(
      StringBuilder text, DocumentStore store, StoredDocument document) {
    text.append(",\"_attachments\":{");
    var comma = "";
    for (var attachment : document.attachments()) {
      text.append(comma).append(quoted(attachment.name())).append(":{\"content_type\":");
      text.append(quoted(attachment.contentType()));
      text.append(",\"revpos\":").append(attachment.revpos());
      text.append(",\"digest\":").append(quoted(attachment.digest()));
      text.append(",\"data\":\"").append(content(store, attachment)).append("\"}");
      comma = ",";
    }
    text.append('}');
  }

  private static String content(DocumentStore store, StoredAttachment attachment) {
    var stream =
        store
            .attachment(attachment.digest())
            .orElseThrow(
                () -> new IllegalStateException("no content for " + attachment.digest()));
    try (stream) {
      return Base64.getEncoder().encodeToString(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }
}
