package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: PBKDF2 (RFC 8018), in the members that CouchDB writes into the
 * documents of {@code _users}. It prints as nothing but its number of rounds.
 *
 * @param prf the hash function: {@code sha256}, or {@code sha} as CouchDB before 3.4 wrote it
 * @param salt as text; its UTF-8 bytes are the salt
 * @param derivedKey hexadecimal
 */
record PasswordHash(String prf, int rounds, String salt, String derivedKey) {
  /** The members in which it is kept. */
  static final List<String> MEMBERS =
      List.of("password_scheme", "pbkdf2_prf", "iterations", "salt", "derived_key");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MOST_ROUNDS = 10_000_000;

  /** So long a password is a machine's, drawn at random: rounds add nothing to it but waiting. */
  private static final int MACHINE_PASSWORD = 32;

  private static final int MACHINE_ROUNDS = 10_000;

  // Deriving takes all of a processor for up to seconds: never two at a time, or a few wrong
  // passwords would stop the hub.
  private static final Semaphore ONE_AT_A_TIME = new Semaphore(1);

  /** Hashes a new password. */
  static PasswordHash of(String password, int rounds) {
    var bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    var salt = HexFormat.of().formatHex(bytes);
    var enough = password.length() >= MACHINE_PASSWORD ? Math.min(rounds, MACHINE_ROUNDS) : rounds;
    return new PasswordHash("sha256", enough, salt, derive("sha256", password, salt, enough, 32));
  }

  /** Reads what {@link #addTo} wrote, or CouchDB; empty where it is another scheme. */
  static Optional<PasswordHash> read(JsonObject json) {
    if (!"pbkdf2".equals(text(json, "password_scheme"))) {
      return Optional.empty();
    }
    var prf = json.has("pbkdf2_prf") ? text(json, "pbkdf2_prf") : "sha";
    var salt = text(json, "salt");
    var key = text(json, "derived_key").toLowerCase(Locale.ROOT);
    var rounds = rounds(json);
    var known = prf.equals("sha") || prf.equals("sha256");
    return known && !salt.isEmpty() && key.matches("([0-9a-f]{2}){16,64}") && rounds > 0
        ? Optional.of(new PasswordHash(prf, rounds, salt, key))
        : Optional.empty();
  }

  private static int rounds(JsonObject json) {
    try {
      var rounds = json.has("iterations") ? json.get("iterations").getAsInt() : 0;
      return rounds <= MOST_ROUNDS ? rounds : 0;
    } catch (RuntimeException e) {
      return 0; // not a number: not a hash that we can check
    }
  }

  private static String text(JsonObject json, String name) {
    return json.get(name) instanceof JsonPrimitive text && text.isString()
        ? text.getAsString()
        : "";
  }

  /** Writes it in CouchDB's members. */
  void addTo(JsonObject json) {
    json.addProperty("password_scheme", "pbkdf2");
    json.addProperty("pbkdf2_prf", prf);
    json.addProperty("iterations", rounds);
    json.addProperty("salt", salt);
    json.addProperty("derived_key", derivedKey);
  }

  /** Whether this is the password. Takes as long whether it is or not. */
  boolean matches(String password) {
    var derived = derive(prf, password, salt, rounds, derivedKey.length() / 2);
    return MessageDigest.isEqual(
        derived.getBytes(StandardCharsets.US_ASCII),
        derivedKey.getBytes(StandardCharsets.US_ASCII));
  }

  private static String derive(String prf, String password, String salt, int rounds, int bytes) {
    if (password.isEmpty()) {
      return ""; // Java refuses it, and no password is empty
    }
    ONE_AT_A_TIME.acquireUninterruptibly();
    try {
      var algorithm = prf.equals("sha") ? "PBKDF2WithHmacSHA1" : "PBKDF2WithHmacSHA256";
      var salted = salt.getBytes(StandardCharsets.UTF_8);
      var spec = new PBEKeySpec(password.toCharArray(), salted, rounds, bytes * 8);
      var key = SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
      spec.clearPassword();
      return HexFormat.of().formatHex(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no PBKDF2", e);
    } finally {
      ONE_AT_A_TIME.release();
    }
  }

  @Override
  public String toString() {
    return "PBKDF2 with " + rounds + " rounds";
  }
}
