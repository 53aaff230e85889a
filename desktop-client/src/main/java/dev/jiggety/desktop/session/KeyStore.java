package dev.jiggety.desktop.session;

import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Path;

/** Reads and makes the files of operators' keys. Blocks. */
public interface KeyStore {
  /**
   * The key in a file.
   *
   * @throws java.nio.file.NoSuchFileException when there is none
   * @throws IOException when it cannot be read, or is no key; one line for people
   */
  SigningKey read(Path file) throws IOException;

  /**
   * Makes a new operator's key, its public half in a file beside it that ends in {@code .pub}.
   *
   * @param name whose it is
   * @throws IOException when it cannot be written; a file that is there is never overwritten
   */
  SigningKey create(Path file, String name) throws IOException;
}
