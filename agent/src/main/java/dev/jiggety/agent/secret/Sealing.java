package dev.jiggety.agent.secret;

import dev.jiggety.model.Deposit;
import dev.jiggety.model.Envelope;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.rules.SecretRules;
import dev.jiggety.signing.Envelopes;
import dev.jiggety.signing.SealingKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Seals secrets to who may know them. Pure but for random numbers.
 *
 * @param own the name under which things are sealed to this manager
 * @param key opens them
 */
record Sealing(String own, SealingKey key) {

  /** The secret cannot be opened or used; the message is one line for people. */
  static final class SealingException extends Exception {
    private static final long serialVersionUID = 1L;

    SealingException(String message) {
      super(message);
    }
  }

  /**
   * The secret after an order that is right.
   *
   * @param before null where there was none, or for a new content
   * @param recipients the public halves of all who may know it, this manager among them
   * @throws SealingException when what was handed in cannot be opened or used
   */
  SealedSecret ordered(
      Deposit deposit, @Nullable SealedSecret before, Map<String, String> recipients, long version)
      throws SealingException {
    Envelope handedIn = deposit.sealed();
    if (handedIn != null) {
      byte[] content =
          open(
              handedIn,
              Deposit.purpose(deposit.id(), deposit.secret(), deposit.by()),
              "what was handed in for " + deposit.secret());
      check(deposit.secret(), content);
      return new SealedSecret(
          deposit.secret(),
          version,
          version,
          deposit.created(),
          deposit.by(),
          deposit.id(),
          deposit.created(),
          Envelopes.seal(content, recipients, SealedSecret.purpose(deposit.secret())),
          new TreeSet<>());
    }
    if (before == null) {
      throw new SealingException("there is no secret " + deposit.secret());
    }
    SealedSecret renewed = resealed(before, recipients, version);
    return new SealedSecret(
        renewed.name(),
        renewed.version(),
        renewed.content(),
        renewed.since(),
        renewed.by(),
        deposit.id(),
        deposit.created(),
        renewed.sealed(),
        renewed.knew());
  }

  /**
   * The same secret for exactly these.
   *
   * @param force also where they are the ones that it is sealed to already, as when it was signed
   *     by a manager that is gone
   * @return the very same one where nothing is to be done
   * @throws SealingException when this manager cannot open it
   */
  SealedSecret fitted(
      SealedSecret secret, Map<String, String> recipients, boolean force, long version)
      throws SealingException {
    boolean someLeft =
        secret.sealed().slips().keySet().stream()
            .anyMatch(it -> !isSealed(secret, it, recipients.get(it)));
    boolean someCame =
        recipients.entrySet().stream()
            .anyMatch(it -> !isSealed(secret, it.getKey(), it.getValue()));
    if (someLeft) {
      return resealed(secret, recipients, version);
    }
    if (!someCame && !force) {
      return secret;
    }
    try {
      Envelope wider =
          Envelopes.with(
              secret.sealed(), recipients, own, key, SealedSecret.purpose(secret.name()));
      return with(secret, wider, version, secret.content());
    } catch (GeneralSecurityException e) {
      throw lost(secret.name());
    }
  }

  /** With a fresh key, so that who is not among them any more can open nothing newer. */
  private SealedSecret resealed(SealedSecret secret, Map<String, String> recipients, long version)
      throws SealingException {
    String purpose = SealedSecret.purpose(secret.name());
    byte[] content = open(secret.sealed(), purpose, "the secret " + secret.name());
    Envelope sealed = Envelopes.seal(content, recipients, purpose);
    Arrays.fill(content, (byte) 0);
    return with(secret, sealed, version, version);
  }

  private static SealedSecret with(
      SealedSecret secret, Envelope sealed, long version, long content) {
    SealedSecret next =
        new SealedSecret(
            secret.name(),
            version,
            content,
            secret.since(),
            secret.by(),
            secret.order(),
            secret.ordered(),
            sealed,
            new TreeSet<>());
    SortedSet<String> knew = new TreeSet<>(secret.knew());
    knew.addAll(secret.nodes());
    knew.removeAll(next.nodes());
    return new SealedSecret(
        next.name(),
        version,
        content,
        next.since(),
        next.by(),
        next.order(),
        next.ordered(),
        sealed,
        knew);
  }

  private static boolean isSealed(SealedSecret secret, String recipient, @Nullable String open) {
    return open != null && Envelopes.isFor(secret.sealed(), recipient, open);
  }

  private byte[] open(Envelope envelope, String purpose, String what) throws SealingException {
    try {
      return Envelopes.open(envelope, own, key, purpose);
    } catch (GeneralSecurityException e) {
      throw new SealingException(
          what
              + " is not sealed to this manager or is damaged; set it again with: jiggety secret"
              + " set");
    }
  }

  private static SealingException lost(String name) {
    return new SealingException(
        "the secret "
            + name
            + " is not sealed to this manager; set it again with: jiggety secret set "
            + name);
  }

  private static void check(String name, byte[] content) throws SealingException {
    String text =
        SecretRules.text(content)
            .orElseThrow(() -> new SealingException("the secret " + name + " is no text in UTF-8"));
    String problem = SecretRules.problem(text).orElse("");
    if (!problem.isEmpty()) {
      throw new SealingException("the secret " + name + " " + problem);
    }
  }
}
