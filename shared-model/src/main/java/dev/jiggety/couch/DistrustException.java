package dev.jiggety.couch;

import java.security.cert.CertificateException;

/** Why a certificate is not believed; the message is the end of a sentence about it. */
final class DistrustException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final boolean stranger;

  DistrustException(String message, boolean stranger, CertificateException cause) {
    super(message, cause);
    this.stranger = stranger;
  }

  /** Whether nothing is wrong with it but that its authority is not known. */
  boolean isStranger() {
    return stranger;
  }
}
