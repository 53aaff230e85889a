package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.Revision;
import dev.jiggety.agent.store.StoredAttachment;
import dev.jiggety.agent.store.StoredDocument;
import java.util.List;

/**
 * How a request wants documents to be shown.
 *
 * @param form members and contents
 * @param attsSince revisions that the client has: attachments that came with them or before stay
 *     stubs
 */
record DocumentShape(DocumentForm form, List<Revision> attsSince) {

  /** As the parameters of a request say. */
  static DocumentShape of(Query query) {
    var meta = query.flag("meta");
    var since = query.strings("atts_since").orElse(List.of());
    var form =
        new DocumentForm(
            query.flag("revs"),
            meta || query.flag("revs_info"),
            meta || query.flag("conflicts"),
            meta || query.flag("deleted_conflicts"),
            query.flag("local_seq"),
            query.flag("attachments") || query.has("atts_since"));
    return new DocumentShape(form, since.stream().map(Query::toRevision).toList());
  }

  /** The same for a client that has these revisions, and wants the contents of what is newer. */
  DocumentShape since(List<Revision> revisions) {
    var contents =
        new DocumentForm(
            form.revisions(),
            form.revsInfo(),
            form.conflicts(),
            form.deletedConflicts(),
            form.localSeq(),
            true);
    return new DocumentShape(contents, revisions);
  }

  /** The form, contents left out. */
  DocumentForm withoutContents() {
    return new DocumentForm(
        form.revisions(),
        form.revsInfo(),
        form.conflicts(),
        form.deletedConflicts(),
        form.localSeq(),
        false);
  }

  /** The attachments of which the contents are wanted. */
  List<StoredAttachment> contents(StoredDocument document) {
    if (!form.attachments() || !document.hasAttachments()) {
      return List.of();
    }
    var known =
        attsSince.isEmpty()
            ? 0
            : document.history().stream()
                .filter(attsSince::contains)
                .mapToInt(Revision::generation)
                .max()
                .orElse(0);
    return document.attachments().stream().filter(each -> each.revpos() > known).toList();
  }

  /**
   * Whether anything is shown that does not belong to the revision and may change without it; such
   * an answer has no ETag.
   */
  boolean isVolatile(StoredDocument document) {
    return form.revsInfo()
        || form.localSeq()
        || (form.conflicts() && !document.conflicts().isEmpty())
        || (form.deletedConflicts() && !document.deletedConflicts().isEmpty());
  }
}
