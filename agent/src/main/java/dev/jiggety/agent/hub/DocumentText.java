package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.StoredDocument;

/**
 * Documents as text. The common forms are put together from the text in the store; parsing it and
 * writing it again would cost more than all the rest of a read.
 */
final class DocumentText {
  private DocumentText() {}

  /** Appends the document. */
  static void append(
      StringBuilder out, DocumentStore store, StoredDocument document, DocumentForm form) {
    var simple =
        !document.hasAttachments()
            && !form.revsInfo()
            && !form.conflicts()
            && !form.deletedConflicts()
            && !form.localSeq();
    if (!simple) {
      out.append(store.toJson(document, form));
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
    out.append('}');
  }

  /** The form that the parameters of a request ask for. */
  static DocumentForm form(Query query) {
    var meta = query.flag("meta");
    return new DocumentForm(
        query.flag("revs"),
        meta || query.flag("revs_info"),
        meta || query.flag("conflicts"),
        meta || query.flag("deleted_conflicts"),
        query.flag("local_seq"),
        query.flag("attachments") || query.has("atts_since"));
  }
}
