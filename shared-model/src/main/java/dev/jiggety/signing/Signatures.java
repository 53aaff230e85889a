package dev.jiggety.signing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.model.Content;
import dev.jiggety.model.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signatures over documents. Signed is the canonical JSON of the document without its {@code
 * signature} and without the fields that a hub adds, so with its id and its type: a signature fits
 * no other document.
 */
public final class Signatures {
  /** The member that holds it: {@code {"key": id, "value": Base64}}. */
  public static final String MEMBER = "signature";

  /** How long a signature is, in bytes (RFC 8032). */
  private static final int LENGTH = 64;

  /** The members in which documents say who made them. */
  private static final List<String> NAMES = List.of("author", "by");

  /**
   * A signature that fits. One check costs half a millisecond of CPU, and the same head comes more
   * than once: by the feed, by the replica, and to each of many nodes in one process.
   *
   * @param key the public key in Base64
   * @param digest the SHA-256 of what is signed
   * @param value the signature in hexadecimal
   */
  private record Proof(String key, String digest, String value) {}

  private static final int MOST_PROVED = 1024;

  private static final Set<Proof> PROVED = ConcurrentHashMap.newKeySet();

  private Signatures() {}

  /** The document with its signature, in the place of any before. */
  public static JsonObject sign(JsonObject document, SigningKey key) {
    JsonObject signature = new JsonObject();
    signature.addProperty("key", key.trusted().id());
    signature.addProperty(
        "value", Base64.getEncoder().encodeToString(key.sign(bytes(said(document)))));
    JsonObject signed = document.deepCopy();
    signed.add(MEMBER, signature);
    return signed;
  }

  /**
   * Who signed it. What a person signs has to say the person's own name, as {@code author} or
   * {@code by}: nobody hands in something in another's name.
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
    byte[] value = value(signature, what);
    TrustedKey key = believed(text(signature, "key"), trust, role, what);
    if (role != TrustedKey.Role.MANAGER) {
      checkName(document, key, what);
    }
    if (!isProved(key, said(document), value)) {
      throw new SignatureException(
          Flaw.TAMPERED, what + " is not what " + key.name() + " has signed");
    }
    return key;
  }

  /**
   * Who signed a patch or a command: an operator, or somebody who makes releases. What each may
   * change and ask is said by {@code model.rules.ReleaseRules}.
   *
   * @throws SignatureException when it must not be believed
   */
  public static TrustedKey checkPatch(JsonObject document, Trust trust) throws SignatureException {
    boolean isRelease =
        document.get(MEMBER) instanceof JsonObject signature
            && trust
                .find(text(signature, "key"))
                .filter(key -> key.role() == TrustedKey.Role.RELEASE)
                .isPresent();
    return check(document, trust, isRelease ? TrustedKey.Role.RELEASE : TrustedKey.Role.OPERATOR);
  }

  private static byte[] value(JsonObject signature, String what) throws SignatureException {
    String text = text(signature, "value");
    try {
      // Not decoded at any length: it comes from anybody.
      byte[] value = text.length() > 2 * LENGTH ? new byte[0] : Base64.getDecoder().decode(text);
      if (value.length == LENGTH) {
        return value;
      }
    } catch (IllegalArgumentException _) {
      // said below
    }
    throw new SignatureException(
        Flaw.MALFORMED, "the signature of " + what + " is not " + LENGTH + " bytes in Base64");
  }

  private static TrustedKey believed(String keyId, Trust trust, TrustedKey.Role role, String what)
      throws SignatureException {
    TrustedKey key = trust.find(keyId).orElse(null);
    if (key == null) {
      throw new SignatureException(
          Flaw.UNKNOWN_KEY,
          what + " is signed with the key " + shortened(keyId) + ", which nobody here trusts");
    }
    if (key.role() != role) {
      throw new SignatureException(
          Flaw.WRONG_ROLE,
          "%s is signed by %s, who is trusted as %s and not as %s"
              .formatted(what, key.name(), key.role().label(), role.label()));
    }
    return key;
  }

  /** Each name that the document says must be the key's, whichever of them is read later. */
  private static void checkName(JsonObject document, TrustedKey key, String what)
      throws SignatureException {
    List<String> said = NAMES.stream().filter(document::has).map(it -> text(document, it)).toList();
    if (said.isEmpty() || !said.stream().allMatch(key.name()::equals)) {
      throw new SignatureException(
          Flaw.WRONG_NAME,
          "%s says that it is by %s, but %s has signed it"
              .formatted(what, said.isEmpty() ? "nobody" : String.join(" and ", said), key.name()));
    }
  }

  private static String shortened(String keyId) {
    return keyId.length() <= 64 ? keyId : keyId.substring(0, 64) + "…";
  }

  private static boolean isProved(TrustedKey key, Content said, byte[] value) {
    Proof proof = new Proof(key.key(), said.digest(), HexFormat.of().formatHex(value));
    if (PROVED.contains(proof)) {
      return true;
    }
    if (!fits(key, bytes(said), value)) {
      return false;
    }
    if (PROVED.size() >= MOST_PROVED) {
      PROVED.clear();
    }
    PROVED.add(proof);
    return true;
  }

  static boolean fits(TrustedKey key, byte[] message, byte[] value) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(OpenKeys.of(key.key()));
      signature.update(message);
      return signature.verify(value);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // neither the key nor the value is one
    }
  }

  /** What is signed: the document but for its signature and what a hub adds. */
  private static Content said(JsonObject document) {
    JsonObject said = new JsonObject();
    document
        .entrySet()
        .forEach(member -> {
          if (!member.getKey().equals(MEMBER)) {
            said.add(member.getKey(), member.getValue());
          }
        });
    return Contents.of(said);
  }

  private static byte[] bytes(Content said) {
    return said.text().getBytes(StandardCharsets.UTF_8);
  }

  private static String text(JsonObject document, String name) {
    JsonElement value = document.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
