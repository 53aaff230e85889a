package dev.jiggety.agent.replication;

import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;

/**
 * A stored revision as text for the wire. The body's text goes out as it lies in the store; nothing
 * is parsed.
 */
final class StoreText {
  private StoreText() {}

  /** Empty if an attachment's content is not in the store. */
  static Optional<WireDocument> write(DocumentStore store, StoredDocument document) {
    var body = document.bodyText();
    var text = new StringBuilder(body.length() + 200);
    text.append("{\"_id\":").append(quoted(document.id()));
    text.append(",\"_rev\":").append(quoted(document.rev().toString()));
    appendHistory(text, document);
    if (document.deleted()) {
      text.append(",\"_deleted\":true");
    }
    if (document.hasAttachments() && !appendAttachments(text, store, document)) {
      return Optional.empty();
    }
    var members = body.indexOf('{') + 1;
    if (firstIs(body, members, '}')) {
      text.append('}');
    } else {
      text.append(',').append(body, members, body.length());
    }
    return Optional.of(WireDocument.of(document.id(), document.rev(), text.toString()));
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

  private static boolean appendAttachments(
      StringBuilder text, DocumentStore store, StoredDocument document) {
    text.append(",\"_attachments\":{");
    var comma = "";
    for (var attachment : document.attachments()) {
      var content = store.attachment(attachment.digest());
      if (content.isEmpty()) {
        return false;
      }
      text.append(comma).append(quoted(attachment.name())).append(":{\"content_type\":");
      text.append(quoted(attachment.contentType()));
      text.append(",\"revpos\":").append(attachment.revpos());
      text.append(",\"digest\":").append(quoted(attachment.digest()));
      text.append(",\"data\":\"").append(base64(content.get())).append("\"}");
      comma = ",";
    }
    text.append('}');
    return true;
  }

  private static String base64(InputStream content) {
    try (content) {
      return Base64.getEncoder().encodeToString(content.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }
}
