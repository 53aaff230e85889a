package dev.jiggety.agent.replication;

import java.io.InputStream;

/**
 * An attachment whose content comes beside its document, straight from the source, when the target
 * asks for it.
 *
 * @param source identity of the peer that has it
 * @param digest as the source says; where it packs what it keeps, not that of the content
 * @param length of the content in bytes, unpacked
 * @param revpos generation of the revision that brought it
 * @param exact whether the digest is that of the content
 * @param near whether the content lies in a store of this process
 */
record WireAttachment(
    String source,
    String name,
    String contentType,
    String digest,
    long length,
    int revpos,
    boolean exact,
    boolean near,
    Content content) {

  /** Opens the content; may be called more than once. */
  @FunctionalInterface
  interface Content {
    /**
     * The bytes, unchecked.
     *
     * @throws AttachmentLostException when the source does not have it any more
     * @throws PeerException when the source cannot be asked
     */
    InputStream open();
  }

  /**
   * The bytes, which end well only if they are those that the source has announced.
   *
   * @throws AttachmentLostException also while reading, where the content is another one
   * @throws PeerException also while reading, where the line is cut
   */
  InputStream open() {
    return new CheckedContent(this, content.open());
  }
}
