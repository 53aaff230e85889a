package dev.jiggety.signing;

import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.KeyRules;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** A private Ed25519 key (RFC 8032) with its public half. Prints without the secret. */
public final class SigningKey {
  private final TrustedKey trusted;
  private final PrivateKey secret;

  SigningKey(TrustedKey trusted, PrivateKey secret) {
    this.trusted = trusted;
    this.secret = secret;
  }

  /**
   * A new key.
   *
   * @param name whose it is
   * @param role what it shall sign
   */
  public static SigningKey generate(String name, TrustedKey.Role role) {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return of(name, role, pair.getPublic(), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java since 15 has Ed25519", e);
    }
  }

  static SigningKey of(String name, TrustedKey.Role role, PublicKey open, PrivateKey secret) {
    byte[] encoded = open.getEncoded(); // an X.509 header and the 32 bytes, RFC 8410
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - KeyRules.LENGTH, encoded.length);
    String key = Base64.getEncoder().encodeToString(raw);
    return new SigningKey(new TrustedKey(KeyRules.id(raw), name, role, key), secret);
  }

  /** What others have to believe. */
  public TrustedKey trusted() {
    return trusted;
  }

  PrivateKey secret() {
    return secret;
  }

  /** Whether its two halves belong together. */
  boolean isWhole() {
    byte[] probe = "jiggety".getBytes(StandardCharsets.US_ASCII);
    return Signatures.fits(trusted, probe, sign(probe));
  }

  /** The signature of these bytes, 64 bytes. */
  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key " + trusted.id() + " cannot sign", e);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[" + trusted.id() + ", " + trusted.name() + ", " + trusted.role() + "]";
  }
}
