package dev.jiggety.signing;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import com.google.crypto.tink.hybrid.PredefinedHybridParameters;
import dev.jiggety.base.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * A key that others seal something to, so that its holder alone can open it: HPKE (RFC 9180) with
 * X25519, HKDF-SHA256 and AES-128-GCM, by Tink. It proves nothing of who sealed; that is what
 * signatures are for. Prints without the secret. Immutable.
 */
public final class SealingKey {
  private static final String WHAT = "sealing key";

  private static final Configuration TINK = HybridConfig2026.get();

  private final KeysetHandle keys;
  private final String open;

  private SealingKey(KeysetHandle keys) throws GeneralSecurityException {
    this.keys = keys;
    this.open =
        Base64.getEncoder()
            .encodeToString(
                TinkProtoKeysetFormat.serializeKeysetWithoutSecret(
                    keys.getPublicKeysetHandle(), TINK));
  }

  /** A new key. */
  public static SealingKey generate() {
    try {
      return new SealingKey(
          KeysetHandle.generateNew(
              PredefinedHybridParameters.HPKE_X25519_HKDF_SHA256_AES_128_GCM, TINK));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform cannot make a sealing key", e);
    }
  }

  /**
   * The key of a file.
   *
   * @throws IllegalArgumentException with one line that names the file and never shows the secret
   */
  public static SealingKey read(Path file) {
    try {
      PrivateFiles.refuseReadableByOthers(file, WHAT);
      return new SealingKey(
          TinkJsonProtoKeysetFormat.parseKeyset(
              Files.readString(file, StandardCharsets.UTF_8), TINK, InsecureSecretKeyAccess.get()));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no " + WHAT + " " + file, e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the " + WHAT + " " + file, e);
    } catch (GeneralSecurityException | RuntimeException _) {
      // Without the cause, whose text might show what stands there.
      throw new IllegalArgumentException(
          "the "
              + WHAT
              + " in "
              + file
              + " is damaged; take a copy of the file, or make a new one");
    }
  }

  /**
   * Writes the key into a new file, for its owner alone.
   *
   * @throws FileAlreadyExistsException when there is one; it stays as it is
   */
  public void create(Path file) throws IOException {
    try {
      PrivateFiles.create(
          file,
          TinkJsonProtoKeysetFormat.serializeKeyset(keys, TINK, InsecureSecretKeyAccess.get())
              + "\n");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealing key cannot be written", e);
    }
  }

  /** The public half, in Base64: what others seal to. */
  public String open() {
    return open;
  }

  /**
   * Seals something to the holder of a key.
   *
   * @param open the public half, as {@link #open} gives it
   * @param context what it is for; who opens it has to say the same
   * @throws IllegalArgumentException when that is no public half
   */
  public static byte[] seal(String open, byte[] content, String context) {
    try {
      return TinkProtoKeysetFormat.parseKeysetWithoutSecret(Base64.getDecoder().decode(open), TINK)
          .getPrimitive(TINK, HybridEncrypt.class)
          .encrypt(content, context.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("that is no public half of a sealing key", e);
    }
  }

  /**
   * Opens what was sealed to this key.
   *
   * @throws GeneralSecurityException when it was sealed to another key, for another purpose, or is
   *     damaged
   */
  public byte[] unseal(byte[] sealed, String context) throws GeneralSecurityException {
    return keys.getPrimitive(TINK, HybridDecrypt.class)
        .decrypt(sealed, context.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "SealingKey[" + open + "]";
  }
}
