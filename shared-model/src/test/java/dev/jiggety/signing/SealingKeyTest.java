package dev.jiggety.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealingKeyTest {
  private static final byte[] CONTENT = "tr0ub4dor".getBytes(StandardCharsets.UTF_8);

  private final SealingKey key = SealingKey.generate();

  @Test
  void itsHolderOpensWhatWasSealedToIt() throws GeneralSecurityException {
    byte[] sealed = SealingKey.seal(key.open(), CONTENT, "secret:shop");

    assertThat(key.unseal(sealed, "secret:shop")).isEqualTo(CONTENT);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("tr0ub4dor");
  }

  @Test
  void nobodyElseDoes() {
    byte[] sealed = SealingKey.seal(key.open(), CONTENT, "secret:shop");

    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> SealingKey.generate().unseal(sealed, "secret:shop"));
  }

  @Test
  void whatWasSealedForOnePurposeServesNoOther() {
    byte[] sealed = SealingKey.seal(key.open(), CONTENT, "secret:shop");

    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> key.unseal(sealed, "secret:bank"));
  }

  @Test
  void whatWasChangedOnTheWayIsNotOpened() {
    byte[] sealed = SealingKey.seal(key.open(), CONTENT, "secret:shop");
    sealed[sealed.length - 1] ^= 1;

    assertThatExceptionOfType(GeneralSecurityException.class)
        .isThrownBy(() -> key.unseal(sealed, "secret:shop"));
  }

  @Test
  void aFileKeepsIt(@TempDir Path folder) throws IOException, GeneralSecurityException {
    Path file = folder.resolve("sealing-key");
    key.create(file);

    SealingKey read = SealingKey.read(file);

    assertThat(read.open()).isEqualTo(key.open());
    assertThat(read.unseal(SealingKey.seal(key.open(), CONTENT, "x"), "x")).isEqualTo(CONTENT);
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> SealingKey.generate().create(file));
  }

  @Test
  void aDamagedFileIsNamedAndNotShown(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("sealing-key");
    key.create(file);
    Files.writeString(file, Files.readString(file).replace("\"keyData\"", "\"keyDaXa\""));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SealingKey.read(file))
        .withMessageContaining("sealing-key")
        .withNoCause();
  }

  @Test
  void whatIsNoKeyCannotBeSealedTo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SealingKey.seal("no key", CONTENT, "x"))
        .withMessageContaining("no public half");
  }
}
