package dev.jiggety.agent.cli;

import dev.jiggety.base.PrivateFiles;
import dev.jiggety.base.Secret;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A new password: from a file or the terminal, never the command line. */
final class PasswordOption {
  private static final int SHORTEST = 10;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "File of one line, the new password, readable by you alone (default: asked for at the terminal).")
  @Nullable Path file;

  /**
   * The password.
   *
   * @throws CliException with one line that says what to do
   */
  Secret read(String name) {
    String password = file == null ? ask(name) : fromFile(file);
    if (password.length() < SHORTEST) {
      throw new CliException(
          ExitCode.USAGE, "a password has at least " + SHORTEST + " characters; take a longer one");
    }
    return Secret.of(password);
  }

  private static String fromFile(Path file) {
    try {
      PrivateFiles.refuseReadableByOthers(file, "password file");
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, "cannot read the password file " + file);
    }
  }

  private static String ask(String name) {
    Console console =
        Terminal.find()
            .orElseThrow(() ->
                new CliException(
                    ExitCode.USAGE, "there is no terminal to ask at; give --password-file"));
    char[] first = console.readPassword("New password of %s: ", name);
    char[] again = console.readPassword("Again: ");
    if (first == null || !Arrays.equals(first, again)) {
      throw new CliException(ExitCode.USAGE, "the two are not the same; nothing was changed");
    }
    return new String(first);
  }
}
