package dev.jiggety.signing;

import dev.jiggety.base.Secret;
import dev.jiggety.model.AccountKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Passwords that programs draw for their accounts: 256 random bits, nobody types or reads them. */
public final class MachinePassword {
  /** How long one is as text: unpadded Base64 for URLs (RFC 4648, section 5). */
  public static final int LENGTH = 43;

  private static final int BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int KEY_BITS = 160;

  /** Rounds make guessing slower, and nobody guesses 256 bits; every login pays for them. */
  private static final int ROUNDS = 1_000;

  private static final SecureRandom RANDOM = new SecureRandom();

  private MachinePassword() {}

  /** A new one. */
  public static Secret draw() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** What a hub is to keep of it; another one each time, as the salt is new. */
  public static AccountKey hash(Secret password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    String text = HexFormat.of().formatHex(salt);
    return new AccountKey(text, ROUNDS, derive(password, text, ROUNDS));
  }

  /** Whether a hub that keeps this lets in who knows that password. */
  public static boolean fits(Secret password, AccountKey kept) {
    return MessageDigest.isEqual(
        derive(password, kept.salt(), kept.rounds()).getBytes(StandardCharsets.US_ASCII),
        kept.key().getBytes(StandardCharsets.US_ASCII));
  }

  private static String derive(Secret password, String salt, int rounds) {
    PBEKeySpec spec =
        new PBEKeySpec(
            password.reveal().toCharArray(),
            salt.getBytes(StandardCharsets.UTF_8),
            rounds,
            KEY_BITS);
    try {
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1").generateSecret(spec).getEncoded();
      return HexFormat.of().formatHex(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }
}
