package dev.jiggety.desktop.session;

import dev.jiggety.base.Problem;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.KeyRules;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Keys in files, as the command line has them too. */
public final class KeyFiles implements KeyStore {
  @Override
  public SigningKey read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    SigningKey key;
    try {
      key = KeyFile.read(file);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (key.trusted().role() != TrustedKey.Role.OPERATOR) {
      throw new IOException(
          file + " holds a manager's key; an operator signs with a key of the role operator");
    }
    return key;
  }

  @Override
  public SigningKey create(Path file, String name) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    SigningKey key = SigningKey.generate(name, TrustedKey.Role.OPERATOR);
    List<Problem> problems = KeyRules.problems(key.trusted());
    if (!problems.isEmpty()) {
      throw new IOException(problems.getFirst().toString());
    }
    try {
      KeyFile.create(file, key);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    Files.writeString(
        new KeyState.Ready(file, key).publicFile(), KeyFile.line(key.trusted()) + "\n");
    return key;
  }
}
