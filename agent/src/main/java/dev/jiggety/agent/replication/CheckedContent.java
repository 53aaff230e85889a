package dev.jiggety.agent.replication;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Content that is compared with what was announced, and says whose fault it is where it ends. */
final class CheckedContent extends InputStream {
  private final WireAttachment attachment;
  private final InputStream in;
  private final MessageDigest md5;
  private long length;
  private boolean ended;

  CheckedContent(WireAttachment attachment, InputStream in) {
    this.attachment = attachment;
    this.in = in;
    try {
      this.md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no MD5", e);
    }
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) {
    int n;
    try {
      n = in.read(bytes, offset, count);
    } catch (IOException e) {
      throw new PeerException(
          PeerException.Kind.UNAVAILABLE,
          attachment.source(),
          "attachment " + attachment.name() + " broke off: " + e.getMessage());
    }
    if (n > 0) {
      length += n;
      md5.update(bytes, offset, n);
    }
    if (n < 0 && !ended) {
      ended = true;
      check();
    }
    return n;
  }

  private void check() {
    if (length != attachment.length()) {
      throw new AttachmentLostException(
          attachment.name(), "has " + length + " bytes, not " + attachment.length());
    }
    var digest = "md5-" + Base64.getEncoder().encodeToString(md5.digest());
    if (attachment.exact() && !digest.equals(attachment.digest())) {
      throw new AttachmentLostException(
          attachment.name(), "has the digest " + digest + ", not " + attachment.digest());
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // It was read as far as it was wanted.
    }
  }
}
