package dev.jiggety.desktop.session;

import dev.jiggety.signing.SigningKey;
import java.nio.file.Path;

/** How the operator's key stands. */
public sealed interface KeyState {
  /** Where it is, or would be. */
  Path file();

  /** There is none. */
  record None(Path file) implements KeyState {}

  /**
   * There is a file and it cannot be used.
   *
   * @param reason one line for people
   */
  record Unusable(Path file, String reason) implements KeyState {}

  /** It can sign. */
  record Ready(Path file, SigningKey key) implements KeyState {
    /** Whose it is: the author of patches. */
    public String name() {
      return key.trusted().name();
    }

    /** The file with its public half, which an administrator needs. */
    public Path publicFile() {
      String name = String.valueOf(file.getFileName());
      return file.resolveSibling(
          name.endsWith(".key") ? name.substring(0, name.length() - 3) + "pub" : name + ".pub");
    }
  }
}
