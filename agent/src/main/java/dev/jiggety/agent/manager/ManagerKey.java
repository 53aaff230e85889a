package dev.jiggety.agent.manager;

import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The private key of a manager, made at its first start. */
final class ManagerKey {
  private static final System.Logger LOG = System.getLogger(ManagerKey.class.getName());

  private ManagerKey() {}

  /**
   * The key.
   *
   * @throws IllegalArgumentException when it cannot be read or made, or is no manager's
   */
  static SigningKey open(ManagerConfig config) {
    Path file = config.keyFile();
    try {
      Files.createDirectories(config.data());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the folder " + config.data() + " cannot be made; choose another one: " + e, e);
    }
    if (!Files.exists(file)) {
      SigningKey made = SigningKey.generate(config.name(), TrustedKey.Role.MANAGER);
      KeyFile.create(file, made);
      LOG.log(
          System.Logger.Level.INFO, "a new key of the manager {0} is in {1}", config.name(), file);
    }
    SigningKey key = KeyFile.read(file);
    if (key.trusted().role() != TrustedKey.Role.MANAGER) {
      throw new IllegalArgumentException(
          file + " holds the key of an operator; a manager needs one of its own");
    }
    return key;
  }
}
