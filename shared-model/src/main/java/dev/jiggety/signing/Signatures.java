package dev.jiggety.signing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.model.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Signatures over documents. Signed is the canonical JSON of the document without its {@code
 * signature} and without the fields that a hub adds, so with its id and its type: a signature fits
 * no other document.
 */
public final class Signatures {
  /** The member that holds it: {@code {"key": id, "value": Base64}}. */
  public static final String MEMBER = "signature";

  private static final byte[] X509_HEADER = HexFormat.of().parseHex("302a300506032b6570032100");

  private Signatures() {}

  /** The document with its signature, in the place of any before. */
  public static JsonObject sign(JsonObject document, SigningKey key) {
    JsonObject signature = new JsonObject();
    signature.addProperty("key", key.trusted().id());
    signature.addProperty("value", Base64.getEncoder().encodeToString(key.sign(message(document))));
    JsonObject signed = document.deepCopy();
    signed.add(MEMBER, signature);
    return signed;
  }

  /**
   * Who signed it.
   *
   * @param role what the document needs
   * @throws SignatureException when it must not be believed
   */
  public static TrustedKey check(JsonObject document, Trust trust, TrustedKey.Role role)
      throws SignatureException {
    String what = text(document, "_id");
    if (!document.has(MEMBER)) {
      throw new SignatureException(Flaw.UNSIGNED, what + " is not signed");
    }
    if (!(document.get(MEMBER) instanceof JsonObject signature)) {
      throw new SignatureException(Flaw.MALFORMED, "the signature of " + what + " is no object");
    }
    String keyId = text(signature, "key");
    TrustedKey key =
        trust
            .find(keyId)
            .orElseThrow(() ->
                new SignatureException(
                    Flaw.UNKNOWN_KEY,
                    what + " is signed with the key " + keyId + ", which nobody here trusts"));
    if (key.role() != role) {
      throw new SignatureException(
          Flaw.WRONG_ROLE,
          "%s is signed by %s, who is trusted as %s and not as %s"
              .formatted(what, key.name(), key.role().label(), role.label()));
    }
    byte[] value;
    try {
      value = Base64.getDecoder().decode(text(signature, "value"));
    } catch (IllegalArgumentException e) {
      throw new SignatureException(Flaw.MALFORMED, "the signature of " + what + " is no Base64");
    }
    if (!fits(key, message(document), value)) {
      throw new SignatureException(
          Flaw.TAMPERED, what + " is not what " + key.name() + " has signed");
    }
    return key;
  }

  private static boolean fits(TrustedKey key, byte[] message, byte[] value) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(open(key));
      signature.update(message);
      return signature.verify(value);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // not even of the right length
    }
  }

  private static PublicKey open(TrustedKey key) throws GeneralSecurityException {
    byte[] raw = Base64.getDecoder().decode(key.key());
    byte[] encoded = new byte[X509_HEADER.length + raw.length];
    System.arraycopy(X509_HEADER, 0, encoded, 0, X509_HEADER.length);
    System.arraycopy(raw, 0, encoded, X509_HEADER.length, raw.length);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static byte[] message(JsonObject document) {
    JsonObject said = document.deepCopy();
    said.remove(MEMBER);
    return Contents.of(said).text().getBytes(StandardCharsets.UTF_8);
  }

  private static String text(JsonObject document, String name) {
    JsonElement value = document.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
