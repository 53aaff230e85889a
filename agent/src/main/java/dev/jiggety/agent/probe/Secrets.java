package dev.jiggety.agent.probe;

import dev.jiggety.base.Secret;

/** Where the secrets of a node come from. Safe for any thread. */
@FunctionalInterface
public interface Secrets {
  /** A node without secrets. */
  Secrets NONE =
      name -> {
        throw new SecretMissingException(
            "the secret " + name + " is missing: this program was started without secrets");
      };

  /**
   * The secret of that name.
   *
   * @param name as {@code model.rules.Placeholders} allows it
   * @throws SecretMissingException when there is none, or it cannot be used
   */
  Secret get(String name) throws SecretMissingException;
}
