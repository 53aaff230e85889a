package dev.jiggety.agent.replication;

import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoreException;
import dev.jiggety.agent.store.StoredAttachment;
import dev.jiggety.agent.store.StoredDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A stored revision as text for the wire. The body's text goes out as it lies in the store; nothing
 * is parsed.
 */
final class StoreText {
  private StoreText() {}

  /**
   * A revision; empty if an attachment's content is not in the store.
   *
   * @param known revisions that the target has: what came with them stays a stub
   */
  static Optional<WireDocument> write(
      DocumentStore store, StoredDocument document, List<Revision> known) {
    if (!document.hasAttachments()) {
      return Optional.of(
          WireDocument.of(
              document.id(), document.rev(), text(store, document, attachment -> false)));
    }
    var attachments = document.attachments();
    if (attachments.stream().anyMatch(each -> store.attachment(each.digest()).isEmpty())) {
      return Optional.empty();
    }
    var common =
        document.history().stream()
            .filter(known::contains)
            .mapToInt(Revision::generation)
            .max()
            .orElse(0);
    var wanted = attachments.stream().filter(each -> each.revpos() > common).toList();
    var isWhole = wanted.size() == attachments.size();
    Supplier<WireDocument> whole =
        () -> write(store, document, List.of()).orElseThrow(() -> lost(document));
    var small =
        attachments.stream().mapToLong(StoredAttachment::length).sum() <= WireDocument.SMALL;
    return Optional.of(
        WireDocument.of(
            document.id(),
            document.rev(),
            text(store, document, each -> small && wanted.contains(each)),
            small ? List.of() : wanted.stream().map(each -> beside(store, each)).toList(),
            isWhole ? null : whole));
  }

  private static AttachmentLostException lost(StoredDocument document) {
    return new AttachmentLostException("of " + document, "is not in the store any more");
  }

  private static WireAttachment beside(DocumentStore store, StoredAttachment attachment) {
    return new WireAttachment(
        "store " + store.name(),
        attachment.name(),
        attachment.contentType(),
        attachment.digest(),
        attachment.length(),
        attachment.revpos(),
        true,
        true,
        () -> open(store, attachment));
  }

  private static InputStream open(DocumentStore store, StoredAttachment attachment) {
    try {
      return store
          .attachment(attachment.digest())
          .orElseThrow(
              () -> new AttachmentLostException(attachment.name(), "is not in the store any more"));
    } catch (StoreException e) {
      throw new PeerException(
          PeerException.Kind.UNAVAILABLE, store.name(), String.valueOf(e.getMessage()));
    }
  }

  private static String text(
      DocumentStore store, StoredDocument document, Predicate<StoredAttachment> inline) {
    var body = document.bodyText();
    var text = new StringBuilder(body.length() + 200);
    text.append("{\"_id\":").append(quoted(document.id()));
    text.append(",\"_rev\":").append(quoted(document.rev().toString()));
    appendHistory(text, document);
    if (document.deleted()) {
      text.append(",\"_deleted\":true");
    }
    if (document.hasAttachments()) {
      appendAttachments(text, store, document, inline);
    }
    var members = body.indexOf('{') + 1;
    if (firstIs(body, members, '}')) {
      text.append('}');
    } else {
      text.append(',').append(body, members, body.length());
    }
    return text.toString();
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
      StringBuilder text,
      DocumentStore store,
      StoredDocument document,
      Predicate<StoredAttachment> inline) {
    text.append(",\"_attachments\":{");
    var comma = "";
    for (var attachment : document.attachments()) {
      text.append(comma).append(quoted(attachment.name())).append(":{\"content_type\":");
      text.append(quoted(attachment.contentType()));
      text.append(",\"revpos\":").append(attachment.revpos());
      text.append(",\"digest\":").append(quoted(attachment.digest()));
      if (inline.test(attachment)) {
        text.append(",\"data\":\"").append(base64(open(store, attachment))).append("\"}");
      } else {
        text.append(",\"length\":").append(attachment.length()).append(",\"stub\":true}");
      }
      comma = ",";
    }
    text.append('}');
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
