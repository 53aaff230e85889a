package dev.jiggety.agent.secret;

import dev.jiggety.agent.probe.SecretMissingException;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.base.Secret;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.rules.SecretRules;
import dev.jiggety.signing.Envelopes;
import dev.jiggety.signing.SealingKey;
import java.security.GeneralSecurityException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of a manager, for channels: the sealed ones while it is active, else what it has in
 * files. Each is opened when it is asked for, and not kept. Safe for any thread.
 */
public final class ManagerSecrets implements Secrets {
  private final Secrets files;
  private volatile Sealed sealed = new Sealed(Map.of(), "", null);

  private record Sealed(Map<String, SealedSecret> secrets, String own, @Nullable SealingKey key) {}

  /**
   * Knows no sealed ones yet.
   *
   * @param files asked for what is not sealed
   */
  public ManagerSecrets(Secrets files) {
    this.files = files;
  }

  void learn(Collection<SealedSecret> secrets, String own, SealingKey key) {
    Map<String, SealedSecret> byName = new TreeMap<>();
    secrets.forEach(it -> byName.put(it.name(), it));
    sealed = new Sealed(byName, own, key);
  }

  void forget() {
    sealed = new Sealed(Map.of(), "", null);
  }

  @Override
  public Secret get(String name) throws SecretMissingException {
    Sealed now = sealed;
    SealedSecret secret = now.secrets().get(name);
    SealingKey key = now.key();
    if (secret == null || key == null) {
      try {
        return files.get(name);
      } catch (SecretMissingException e) {
        throw new SecretMissingException(
            e.getMessage() + "; or seal it with: jiggety secret set " + name);
      }
    }
    try {
      byte[] content = Envelopes.open(secret.sealed(), now.own(), key, SealedSecret.purpose(name));
      return Secret.of(SecretRules.text(content).orElseThrow());
    } catch (GeneralSecurityException e) {
      throw new SecretMissingException(
          "the secret "
              + name
              + " is not sealed to this manager; set it again with: jiggety secret set "
              + name);
    }
  }
}
