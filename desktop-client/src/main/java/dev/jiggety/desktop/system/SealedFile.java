package dev.jiggety.desktop.system;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.base.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a text with a passphrase: AES-256 in Galois/Counter Mode (NIST SP 800-38D) with a fresh
 * nonce for each sealing, its key from the passphrase by PBKDF2 with HMAC-SHA-256 (RFC 8018). How
 * it was made stands beside it and is bound to it, so that nobody can make it weaker.
 */
final class SealedFile {
  /** As OWASP's Password Storage Cheat Sheet has it for PBKDF2 with HMAC-SHA-256. */
  static final int ROUNDS = 600_000;

  private static final int MOST_ROUNDS = 20_000_000;
  private static final int SALT_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int KEY_BITS = 256;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private SealedFile() {}

  /** A key and what it was made with. */
  @SuppressWarnings("ArrayRecordComponent") // compared by its own equals
  record Key(SecretKeySpec key, byte[] salt, int rounds) {
    @Override
    public String toString() {
      return "Key[*****]";
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /** A new key. */
  static Key key(Secret passphrase, int rounds) throws IOException {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return key(passphrase, salt, rounds);
  }

  /**
   * The key of what was sealed.
   *
   * @throws IOException when it was not sealed by this
   */
  static Key key(Secret passphrase, String sealed) throws IOException {
    JsonObject json = parse(sealed);
    int rounds = json.get("rounds").getAsInt();
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IOException("the file of passwords is damaged: " + rounds + " rounds");
    }
    return key(passphrase, bytes(json, "salt"), rounds);
  }

  static String seal(Key key, String text) throws IOException {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    JsonObject json = new JsonObject();
    json.addProperty("sealed", "AES-256-GCM, PBKDF2-HMAC-SHA-256");
    json.addProperty("rounds", key.rounds());
    json.addProperty("salt", Base64.getEncoder().encodeToString(key.salt()));
    json.addProperty("nonce", Base64.getEncoder().encodeToString(nonce));
    try {
      byte[] data =
          cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      json.addProperty("data", Base64.getEncoder().encodeToString(data));
    } catch (GeneralSecurityException e) {
      throw new IOException("the passwords cannot be sealed", e);
    }
    return json + "\n";
  }

  /**
   * What was sealed.
   *
   * @throws Vault.WrongPassphrase when the key is another, or somebody changed the file
   */
  static String open(Key key, String sealed) throws IOException {
    JsonObject json = parse(sealed);
    try {
      byte[] text =
          cipher(Cipher.DECRYPT_MODE, key, bytes(json, "nonce")).doFinal(bytes(json, "data"));
      return new String(text, StandardCharsets.UTF_8);
    } catch (AEADBadTagException e) {
      throw new Vault.WrongPassphrase();
    } catch (GeneralSecurityException e) {
      throw new IOException("the file of passwords is damaged", e);
    }
  }

  private static Key key(Secret passphrase, byte[] salt, int rounds) throws IOException {
    PBEKeySpec spec = new PBEKeySpec(passphrase.reveal().toCharArray(), salt, rounds, KEY_BITS);
    try {
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return new Key(new SecretKeySpec(key, "AES"), salt, rounds);
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java cannot make the key of the file of passwords", e);
    } finally {
      spec.clearPassword();
    }
  }

  private static Cipher cipher(int mode, Key key, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(("jiggety passwords " + key.rounds()).getBytes(StandardCharsets.UTF_8));
    cipher.updateAAD(key.salt());
    return cipher;
  }

  private static JsonObject parse(String sealed) throws IOException {
    try {
      JsonObject json = JsonParser.parseString(sealed).getAsJsonObject();
      for (String field : new String[] {"rounds", "salt", "nonce", "data"}) {
        if (!json.has(field)) {
          throw new IOException("the file of passwords is damaged: no " + field);
        }
      }
      return json;
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException("the file of passwords is damaged", e);
    }
  }

  private static byte[] bytes(JsonObject json, String field) throws IOException {
    try {
      return Base64.getDecoder().decode(json.get(field).getAsString());
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw new IOException("the file of passwords is damaged: " + field, e);
    }
  }
}
