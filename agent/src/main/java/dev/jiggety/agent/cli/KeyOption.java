package dev.jiggety.agent.cli;

import dev.jiggety.base.ConfigFolder;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With which key an operator signs. */
final class KeyOption {
  @Option(
      names = "--key",
      paramLabel = "FILE",
      defaultValue = "${env:JIGGETY_KEY}",
      description =
          "Your private key (default: JIGGETY_KEY, else operator.key in your configuration folder).")
  @Nullable Path file;

  /** Where a key of that role is kept unless somebody says otherwise. */
  static Path usual(TrustedKey.Role role) {
    return ConfigFolder.find(
            System.getProperty("os.name", ""),
            Path.of(System.getProperty("user.home", "")),
            System.getenv())
        .resolve(role.label() + ".key");
  }

  /** The file that is meant. */
  Path path() {
    return file == null || file.toString().isEmpty() ? usual(TrustedKey.Role.OPERATOR) : file;
  }

  /**
   * The operator's key.
   *
   * @throws CliException when there is none, with the remedy
   */
  SigningKey open() {
    Path path = path();
    if (!Files.exists(path)) {
      throw new CliException(
          ExitCode.USAGE,
          "there is no key %s; make one with: jiggety key create --name %s%s"
              .formatted(
                  path,
                  System.getProperty("user.name", "NAME"),
                  path.equals(usual(TrustedKey.Role.OPERATOR)) ? "" : " --out " + path));
    }
    SigningKey key = KeyFile.read(path);
    if (key.trusted().role() != TrustedKey.Role.OPERATOR) {
      throw new CliException(
          ExitCode.USAGE,
          path
              + " is the key of a "
              + key.trusted().role().label()
              + "; give an operator's by --key");
    }
    return key;
  }
}
