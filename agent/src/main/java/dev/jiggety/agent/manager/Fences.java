package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.model.Head;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.SignatureException;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;

/** Looks at a head before anything is built on it. */
final class Fences {
  private Fences() {}

  /**
   * The head, where a manager has signed it.
   *
   * @throws HeldException otherwise
   */
  static Head believed(JsonObject document, Trust trust) {
    return believed(document, trust, "nothing is carried out until it is mended");
  }

  /** The same with what people can do otherwise. */
  static Head believed(JsonObject document, Trust trust, String remedy) {
    try {
      Signatures.check(document, trust, TrustedKey.Role.MANAGER);
      return HeadDocument.TYPE.read(document);
    } catch (SignatureException | DocumentException e) {
      throw new HeldException(
          "the head cannot be believed: %s; %s".formatted(e.getMessage(), remedy));
    }
  }

  /**
   * Goes on only where no other manager has taken over.
   *
   * @throws FencedException otherwise
   */
  static void check(ConfigBoard.FoundHead found, long epoch) {
    JsonObject document = found.document();
    long there = document == null ? 0 : epoch(document);
    if (there > epoch) {
      throw new FencedException(there);
    }
  }

  private static long epoch(JsonObject document) {
    try {
      return HeadDocument.TYPE.read(document).epoch();
    } catch (DocumentException e) {
      throw new HeldException("the head cannot be read: " + e.getMessage());
    }
  }
}
