package dev.jiggety.signing;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import dev.jiggety.model.Envelope;
import dev.jiggety.model.Envelope.Slip;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Seals something to several at once: encrypts it one time with a fresh key (AES-256-GCM), and
 * seals that key to each recipient ({@link SealingKey}). By Tink. Who made an envelope is told by
 * the signature of the document in which it stands. Pure but for random numbers.
 */
public final class Envelopes {
  private static final int KEY_BYTES = 32;
  private static final AesGcmParameters PARAMETERS;

  static {
    try {
      AeadConfig.register();
      PARAMETERS =
          AesGcmParameters.builder()
              .setKeySizeBytes(KEY_BYTES)
              .setIvSizeBytes(12)
              .setTagSizeBytes(16)
              .setVariant(AesGcmParameters.Variant.NO_PREFIX)
              .build();
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Envelopes() {}

  /**
   * Seals something with a fresh key.
   *
   * @param recipients the public half of each one's sealing key, by name
   * @param purpose what it is and where it belongs; who opens it has to say the same
   * @throws IllegalArgumentException when one of the keys is none
   */
  public static Envelope seal(byte[] content, Map<String, String> recipients, String purpose) {
    SecretBytes key = SecretBytes.randomBytes(KEY_BYTES);
    try {
      byte[] encrypted = aead(key).encrypt(content, bytes(purpose));
      return new Envelope(encrypted, slips(key, recipients, purpose));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform cannot encrypt with AES-GCM", e);
    }
  }

  /**
   * What is sealed.
   *
   * @param recipient the name under which it is sealed to that key
   * @throws GeneralSecurityException when it is not sealed to that key, or for something else, or
   *     is damaged
   */
  public static byte[] open(Envelope envelope, String recipient, SealingKey key, String purpose)
      throws GeneralSecurityException {
    return aead(contentKey(envelope, recipient, key, purpose))
        .decrypt(envelope.content(), bytes(purpose));
  }

  /**
   * The same for other recipients, where nobody is left out: whoever could open it and is not among
   * them could go on doing so. The content stays encrypted as it is.
   *
   * @param recipients all of them
   * @throws GeneralSecurityException as for {@link #open}
   */
  public static Envelope with(
      Envelope envelope,
      Map<String, String> recipients,
      String recipient,
      SealingKey key,
      String purpose)
      throws GeneralSecurityException {
    Map<String, String> added = new TreeMap<>(recipients);
    added.entrySet().removeIf(it -> isFor(envelope, it.getKey(), it.getValue()));
    SortedMap<String, Slip> next = new TreeMap<>(envelope.slips());
    next.putAll(slips(contentKey(envelope, recipient, key, purpose), added, purpose));
    return new Envelope(envelope.content(), next);
  }

  /** Whether it is sealed to that key under that name. */
  public static boolean isFor(Envelope envelope, String recipient, String open) {
    Slip slip = envelope.slips().get(recipient);
    return slip != null && slip.to().equals(mark(open));
  }

  /** By what a public key is told from others: the first 16 hexadecimal digits of its SHA-256. */
  public static String mark(String open) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(open));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static SecretBytes contentKey(
      Envelope envelope, String recipient, SealingKey key, String purpose)
      throws GeneralSecurityException {
    Slip slip = envelope.slips().get(recipient);
    if (slip == null) {
      throw new GeneralSecurityException("it is not sealed to " + recipient);
    }
    byte[] raw = key.unseal(slip.key(), purpose);
    if (raw.length != KEY_BYTES) {
      throw new GeneralSecurityException("the key that is sealed is none");
    }
    return SecretBytes.copyFrom(raw, InsecureSecretKeyAccess.get());
  }

  private static SortedMap<String, Slip> slips(
      SecretBytes key, Map<String, String> recipients, String purpose) {
    byte[] raw = key.toByteArray(InsecureSecretKeyAccess.get());
    SortedMap<String, Slip> slips = new TreeMap<>();
    recipients.forEach(
        (name, open) -> slips.put(name, new Slip(mark(open), SealingKey.seal(open, raw, purpose))));
    Arrays.fill(raw, (byte) 0);
    return slips;
  }

  @AccessesPartialKey // the key of a content is sealed as it is, without a keyset around it
  private static Aead aead(SecretBytes key) throws GeneralSecurityException {
    AesGcmKey opened = AesGcmKey.builder().setParameters(PARAMETERS).setKeyBytes(key).build();
    return KeysetHandle.newBuilder()
        .addEntry(KeysetHandle.importKey(opened).withRandomId().makePrimary())
        .build()
        .getPrimitive(RegistryConfiguration.get(), Aead.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
