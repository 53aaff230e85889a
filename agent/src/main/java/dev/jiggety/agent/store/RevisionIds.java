package dev.jiggety.agent.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Makes the revisions of our own edits. They are a function of the edit: the same edit of the same
 * parent has the same revision wherever it is made, so two that made it do not conflict.
 */
public final class RevisionIds {

  private RevisionIds() {}

  /**
   * The revision of an edit.
   *
   * @param parent what was edited; empty for a new document
   * @param canonicalBody the body without members that begin with an underscore, as canonical JSON
   */
  public static Revision next(
      Optional<Revision> parent,
      boolean deleted,
      String canonicalBody,
      Collection<StoredAttachment> attachments) {
    var md5 = md5();
    md5.update((byte) (deleted ? 1 : 0));
    update(md5, parent.map(Revision::toString).orElse(""));
    update(md5, canonicalBody);
    attachments.stream()
        .sorted(Comparator.comparing(StoredAttachment::name))
        .forEach(attachment -> {
          update(md5, attachment.name());
          update(md5, attachment.contentType());
          update(md5, attachment.digest());
        });
    return new Revision(
        parent.map(Revision::generation).orElse(0) + 1, HexFormat.of().formatHex(md5.digest()));
  }

  // The length goes first, so that no two lists of texts look the same to the digest.
  private static void update(MessageDigest md5, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (var shift = 24; shift >= 0; shift -= 8) {
      md5.update((byte) (bytes.length >>> shift));
    }
    md5.update(bytes);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no MD5", e);
    }
  }
}
