package dev.jiggety.desktop.testing;

import dev.jiggety.desktop.session.KeyStore;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files of keys in memory: ada's and bob's are there. */
public final class FakeKeys implements KeyStore {
  public static final Path ADA = Path.of("keys", "operator.key");
  public static final Path BOB = Path.of("keys", "bob.key");

  private final Map<Path, SigningKey> files = new ConcurrentHashMap<>();
  private final SigningKey ada = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  private final SigningKey bob = SigningKey.generate("bob", TrustedKey.Role.OPERATOR);

  public FakeKeys() {
    files.put(ADA, ada);
    files.put(BOB, bob);
  }

  public SigningKey ada() {
    return ada;
  }

  public SigningKey bob() {
    return bob;
  }

  /** The file is gone. */
  public void lose(Path file) {
    files.remove(file);
  }

  @Override
  public SigningKey read(Path file) throws IOException {
    SigningKey key = files.get(file);
    if (key == null) {
      throw new NoSuchFileException(file.toString());
    }
    return key;
  }

  @Override
  public SigningKey create(Path file, String name) throws IOException {
    SigningKey key = SigningKey.generate(name, TrustedKey.Role.OPERATOR);
    if (files.putIfAbsent(file, key) != null) {
      throw new FileAlreadyExistsException(file.toString());
    }
    return key;
  }
}
