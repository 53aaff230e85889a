package dev.jiggety.couch;

import java.nio.file.Path;

/**
 * Whom TLS believes when a hub shows its certificate. Never everybody. A file is PEM text with one
 * certificate or more; it is read again when it changes, so that nobody has to start anew after a
 * new authority has come beside an old one. A file that cannot be read any more changes nothing.
 */
public sealed interface TlsTrust {
  /** Whom this machine believes. */
  TlsTrust PLATFORM = new Platform();

  /** Whom this machine believes, as browsers do. */
  record Platform() implements TlsTrust {}

  /**
   * Whom this machine believes, and who is in a file.
   *
   * @param pem the file
   */
  record PlatformAnd(Path pem) implements TlsTrust {}

  /**
   * Who is in a file, and nobody else: an authority of one's own, or the certificate of one server.
   *
   * @param pem the file
   */
  record Only(Path pem) implements TlsTrust {}

  /** Nobody but those in a file. */
  static TlsTrust only(Path pem) {
    return new Only(pem);
  }

  /** This machine's, and those in a file. */
  static TlsTrust platformAnd(Path pem) {
    return new PlatformAnd(pem);
  }
}
