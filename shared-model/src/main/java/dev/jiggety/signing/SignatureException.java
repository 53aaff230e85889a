package dev.jiggety.signing;

/** A document must not be believed. The message is one line for people and names the document. */
public final class SignatureException extends Exception {
  private static final long serialVersionUID = 1L;
  private final Flaw flaw;

  public SignatureException(Flaw flaw, String message) {
    super(message);
    this.flaw = flaw;
  }

  /** What is wrong. */
  public Flaw flaw() {
    return flaw;
  }
}
