package dev.jiggety.agent.cli;

import dev.jiggety.base.Secret;
import dev.jiggety.model.rules.SecretRules;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the content of a secret comes from; never from the command line, which all can read. */
final class SecretContent {
  private static final Path STANDARD_INPUT = Path.of("-");

  private SecretContent() {}

  /**
   * The content.
   *
   * @param file null for the terminal, or for standard input where there is none; {@code -} for
   *     standard input
   * @throws CliException when it cannot be had or is not what a secret may be
   */
  static Secret read(String name, @Nullable Path file) {
    Optional<Console> terminal = Terminal.find();
    if (file == null && terminal.isPresent()) {
      return checked(name, asked(terminal.get(), name));
    }
    try {
      return checked(
          name,
          file == null || file.equals(STANDARD_INPUT)
              ? limited(System.in)
              : Files.size(file) > SecretRules.LARGEST + 2 ? tooMuch() : Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CliException(
          ExitCode.USAGE, "cannot read the content of " + name + " from " + file);
    }
  }

  private static byte[] limited(InputStream in) throws IOException {
    return in.readNBytes(SecretRules.LARGEST + 2);
  }

  private static byte[] tooMuch() {
    return new byte[SecretRules.LARGEST + 1];
  }

  private static Secret checked(String name, byte[] bytes) {
    String text =
        SecretRules.text(bytes)
            .orElseThrow(() ->
                new CliException(ExitCode.USAGE, "the secret " + name + " must be text in UTF-8"));
    return checked(name, text);
  }

  private static Secret checked(String name, String text) {
    String problem = SecretRules.problem(text).orElse("");
    if (!problem.isEmpty()) {
      throw new CliException(ExitCode.USAGE, "the secret " + name + " " + problem);
    }
    return Secret.of(text);
  }

  private static String asked(Console console, String name) {
    char[] once = console.readPassword("content of %s: ", name);
    char[] again = once == null ? null : console.readPassword("once more: ");
    if (once == null || again == null) {
      throw new CliException(ExitCode.USAGE, "nothing was typed; nothing is changed");
    }
    if (!Arrays.equals(once, again)) {
      throw new CliException(ExitCode.USAGE, "that was not the same twice; nothing is changed");
    }
    String text = new String(once);
    Arrays.fill(once, ' ');
    Arrays.fill(again, ' ');
    return text;
  }
}
