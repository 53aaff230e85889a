package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredAttachment;
import dev.jiggety.agent.store.StoredDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;

/**
 * Documents as text. The common forms are put together from the text in the store; parsing it and
 * writing it again would cost more than all the rest of a read.
 */
final class DocumentText {
  /** Of an attachment's content, encoded at a time; a multiple of 3, so that nothing is padded. */
  private static final int PIECE = 48 * 1024;

  private DocumentText() {}

  /** Appends the document; contents of attachments are all in memory then. */
  static void append(
      StringBuilder out, DocumentStore store, StoredDocument document, DocumentForm form) {
    try {
      write(new JsonStream(out), store, document, new DocumentShape(form, List.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the document, contents of attachments inline and piece by piece. */
  static void write(
      JsonStream json, DocumentStore store, StoredDocument document, DocumentShape shape)
      throws IOException {
    var out = json.text();
    appendMembers(out, store, document, shape.form());
    if (document.hasAttachments()) {
      var contents = shape.contents(document);
      var comma = ",\"_attachments\":{";
      for (var attachment : document.attachments()) {
        appendStub(out.append(comma), attachment);
        comma = ",";
        if (contents.contains(attachment)) {
          out.append(",\"data\":\"");
          writeBase64(json, store, attachment);
          out.append("\"}");
        } else {
          out.append(",\"length\":").append(attachment.length()).append(",\"stub\":true}");
        }
      }
      out.append('}');
    }
    out.append('}');
    json.step();
  }

  /** The document for a multipart body in which the contents of these attachments follow. */
  static String followed(
      DocumentStore store,
      StoredDocument document,
      DocumentForm form,
      List<StoredAttachment> following) {
    var out = new StringBuilder();
    appendMembers(out, store, document, form);
    if (document.hasAttachments()) {
      var comma = ",\"_attachments\":{";
      for (var attachment : document.attachments()) {
        appendStub(out.append(comma), attachment);
        comma = ",";
        out.append(",\"length\":").append(attachment.length());
        out.append(following.contains(attachment) ? ",\"follows\":true}" : ",\"stub\":true}");
      }
      out.append('}');
    }
    return out.append('}').toString();
  }

  /** All but attachments and the last brace. */
  private static void appendMembers(
      StringBuilder out, DocumentStore store, StoredDocument document, DocumentForm form) {
    if (form.revsInfo() || form.conflicts() || form.deletedConflicts() || form.localSeq()) {
      var bare =
          new DocumentForm(
              form.revisions(),
              form.revsInfo(),
              form.conflicts(),
              form.deletedConflicts(),
              form.localSeq(),
              false);
      var tree = store.toJson(document, bare);
      tree.remove("_attachments");
      var text = tree.toString();
      out.append(text, 0, text.length() - 1);
      return;
    }
    JsonText.quote(out.append("{\"_id\":"), document.id());
    JsonText.quote(out.append(",\"_rev\":"), document.rev().toString());
    if (document.deleted()) {
      out.append(",\"_deleted\":true");
    }
    var body = document.bodyText();
    if (body.length() > 2) {
      out.append(',').append(body, 1, body.length() - 1);
    }
    if (form.revisions()) {
      var history = document.history();
      out.append(",\"_revisions\":{\"start\":").append(document.rev().generation());
      var comma = ",\"ids\":[";
      for (var rev : history) {
        JsonText.quote(out.append(comma), rev.hash());
        comma = ",";
      }
      out.append("]}");
    }
  }

  private static void appendStub(StringBuilder out, StoredAttachment attachment) {
    JsonText.quote(out, attachment.name()).append(":{\"content_type\":");
    JsonText.quote(out, attachment.contentType()).append(",\"revpos\":");
    out.append(attachment.revpos()).append(",\"digest\":");
    JsonText.quote(out, attachment.digest());
  }

  private static void writeBase64(JsonStream json, DocumentStore store, StoredAttachment attachment)
      throws IOException {
    try (var content = open(store, attachment)) {
      for (var piece = content.readNBytes(PIECE);
          piece.length > 0;
          piece = content.readNBytes(PIECE)) {
        json.text().append(Base64.getEncoder().encodeToString(piece));
        json.step();
      }
    }
  }

  /** The content of an attachment. */
  static InputStream open(DocumentStore store, StoredAttachment attachment) {
    return store
        .attachment(attachment.digest())
        .orElseThrow(() -> CouchError.notFound("Document is missing attachment"));
  }

  /** The form that the parameters of a request ask for. */
  static DocumentForm form(Query query) {
    return DocumentShape.of(query).form();
  }
}
