package dev.jiggety.agent.store;

import java.util.Optional;

/**
 * An attachment as a write carries it: with its content, or as a stub that refers to content which
 * the parent revision (or, when replicated, any revision) has brought here.
 *
 * @param content empty for a stub
 * @param digest of a stub: what it refers to; empty = what the parent has under this name
 * @param revpos generation that brought it, as far as known; 0 = this one
 */
public record AttachmentWrite(
    String name,
    String contentType,
    Optional<AttachmentContent> content,
    Optional<String> digest,
    int revpos) {

  /** With content. */
  public static AttachmentWrite of(String name, String contentType, AttachmentContent content) {
    return new AttachmentWrite(
        name, contentType, Optional.of(content), Optional.of(content.digest()), 0);
  }

  /** Keeps what the parent has under this name. */
  public static AttachmentWrite keep(StoredAttachment attachment) {
    return new AttachmentWrite(
        attachment.name(),
        attachment.contentType(),
        Optional.empty(),
        Optional.of(attachment.digest()),
        attachment.revpos());
  }
}
