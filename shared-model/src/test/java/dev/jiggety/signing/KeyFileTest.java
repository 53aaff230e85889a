package dev.jiggety.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  @TempDir Path folder;

  @Test
  void aKeyComesBackAndSignsAsBefore() throws Exception {
    Path file = folder.resolve("new/folders/operator.key");
    SigningKey key = SigningKey.generate("Ada B. Lovelace", Role.OPERATOR);
    KeyFile.create(file, key);
    SigningKey read = KeyFile.read(file);
    assertThat(read.trusted()).isEqualTo(key.trusted());
    JsonObject document = new JsonObject();
    document.addProperty("_id", "patch:p");
    document.addProperty("author", "Ada B. Lovelace");
    assertThat(Signatures.sign(document, read)).isEqualTo(Signatures.sign(document, key));
    assertThat(
            Signatures.check(
                Signatures.sign(document, read), Trust.of(List.of(key.trusted())), Role.OPERATOR))
        .isEqualTo(key.trusted());
    assertThat(key.toString()).doesNotContain(secretOf(file));
  }

  @Test
  void aKeyIsForItsOwnerAloneAndNeverOverwritten() throws IOException {
    Path file = folder.resolve("sub/operator.key");
    KeyFile.create(file, SigningKey.generate("ada", Role.OPERATOR));
    String before = Files.readString(file);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.create(file, SigningKey.generate("eve", Role.OPERATOR)))
        .withMessageContaining("there is a key in " + file);
    assertThat(file).hasContent(before);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file); // no draft is left behind
    }
    assumeThat(file.getFileSystem().supportedFileAttributeViews()).contains("posix");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.read(file))
        .withMessageContaining("chmod 600 " + file);
  }

  @Test
  void aDamagedKeyIsNamedAndNotShown() throws IOException {
    Path file = folder.resolve("operator.key");
    KeyFile.create(file, SigningKey.generate("ada", Role.OPERATOR));
    String whole = Files.readString(file);
    String secret = secretOf(file);
    Path elsewhere = folder.resolve("eve.key");
    KeyFile.create(elsewhere, SigningKey.generate("ada", Role.OPERATOR));
    for (String damaged :
        List.of(
            "",
            "ada",
            whole.replace("operator ada", "king ada"),
            whole.replace("operator ada", "operator"),
            whole.replace(secret, secret.substring(4)),
            whole.replace(secret, "?"),
            whole.replace("-----END PRIVATE KEY-----", ""),
            whole.replace(secret, secretOf(elsewhere)))) { // halves of two keys
      assertThat(damaged).isNotEqualTo(whole);
      Files.writeString(file, damaged);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> KeyFile.read(file))
          .withMessageContaining(file.toString())
          .withMessageContaining("jiggety key create")
          .withNoCause()
          .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).doesNotContain(secret));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.read(folder.resolve("none")))
        .withMessageContaining("there is no key file");
  }

  @Test
  void severalPublicKeysFitInOneFile() throws IOException {
    TrustedKey ada = SigningKey.generate("ada", Role.OPERATOR).trusted();
    TrustedKey manager = SigningKey.generate("m1", Role.MANAGER).trusted();
    Path file = folder.resolve("trusted.pub");
    Files.writeString(
        file, "# ours\n" + KeyFile.line(ada) + "\r\n\n  " + KeyFile.line(manager) + "\n");
    assertThat(KeyFile.readTrusted(file)).containsExactly(ada, manager);

    Files.writeString(file, KeyFile.line(ada) + "\nssh-ed25519 AAAA ada\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.readTrusted(file))
        .withMessageContaining(file + ", line 2 is no key");
    Files.writeString(file, KeyFile.line(ada).replace(ada.key(), "AAAA"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.readTrusted(file))
        .withMessageContaining("32 bytes in Base64");
    Files.writeString(file, "# nobody yet\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.readTrusted(file))
        .withMessageContaining("jiggety key show");
    Path secret = folder.resolve("operator.key");
    KeyFile.create(secret, SigningKey.generate("ada", Role.OPERATOR));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyFile.readTrusted(secret))
        .withMessageContaining("holds a private key");
  }

  private static String secretOf(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return lines.get(lines.indexOf("-----BEGIN PRIVATE KEY-----") + 1);
  }
}
