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
    return path(TrustedKey.Role.OPERATOR);
  }

  private Path path(TrustedKey.Role role) {
    return file == null || file.toString().isEmpty() ? usual(role) : file;
  }

  /**
   * The operator's key.
   *
   * @throws CliException when there is none, with the remedy
   */
  SigningKey open() {
    return open(TrustedKey.Role.OPERATOR);
  }

  /**
   * The key of an operator, or of somebody who makes releases where that one is named: patches and
   * commands can be signed by both, and nodes and managers know what each may change.
   *
   * @throws CliException when there is none, with the remedy
   */
  SigningKey openForPatches() {
    Path path = path();
    boolean isForReleases =
        Files.exists(path) && KeyFile.read(path).trusted().role() == TrustedKey.Role.RELEASE;
    return open(isForReleases ? TrustedKey.Role.RELEASE : TrustedKey.Role.OPERATOR);
  }

  /**
   * A person's key of that role.
   *
   * @throws CliException when there is none, with the remedy
   */
  SigningKey open(TrustedKey.Role role) {
    Path path = path(role);
    if (!Files.exists(path)) {
      throw new CliException(
          ExitCode.USAGE,
          "there is no key %s; make one with: jiggety key create --name %s%s%s"
              .formatted(
                  path,
                  System.getProperty("user.name", "NAME"),
                  role == TrustedKey.Role.OPERATOR ? "" : " --role " + role.label(),
                  path.equals(usual(role)) ? "" : " --out " + path));
    }
    SigningKey key = KeyFile.read(path);
    if (key.trusted().role() != role) {
      throw new CliException(
          ExitCode.USAGE,
          path
              + " is the key of a "
              + key.trusted().role().label()
              + "; give one of the role "
              + role.label()
              + " by --key");
    }
    return key;
  }
}
