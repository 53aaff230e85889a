package dev.jiggety.agent.replication;

/**
 * The source cannot give an attachment that it has announced: the revision was replaced and its
 * content dropped meanwhile, or the content is damaged. The document is to be fetched again.
 */
final class AttachmentLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The word for it where failures of documents have one. */
  static final String ERROR = "attachment_lost";

  AttachmentLostException(String name, String reason) {
    super("attachment " + name + " " + reason);
  }

  RevisionFailure of(WireDocument document) {
    return new RevisionFailure(document.id(), document.rev(), ERROR, String.valueOf(getMessage()));
  }
}
