package dev.jiggety.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.base.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
  @TempDir Path folder;

  @Test
  void aFileHoldsASecretWithoutItsLastLineFeed() throws Exception {
    PrivateFiles.create(folder.resolve("shop.key"), "line one\nline two\r\n");
    SecretFiles secrets = new SecretFiles(folder);
    assertThat(secrets.get("shop.key").reveal()).isEqualTo("line one\nline two");
    PrivateFiles.replace(folder.resolve("shop.key"), "another");
    assertThat(secrets.get("shop.key").reveal()).isEqualTo("another");
  }

  @Test
  void whatIsMissingIsNamedWithTheFileToMake() {
    assertThatThrownBy(() -> new SecretFiles(folder).get("gone"))
        .isInstanceOf(SecretMissingException.class)
        .hasMessage(
            "the secret gone is missing: put it into the file "
                + folder.resolve("gone")
                + " (mode 0600)");
  }

  @Test
  void whatOthersCanReadIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("open"), "known to all");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> new SecretFiles(folder).get("open"))
        .hasMessageContaining("chmod 600")
        .hasMessageNotContaining("known");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    assertThat(new SecretFiles(folder).get("open").reveal()).isEqualTo("known to all");
  }

  @Test
  void whatCouldNotBeMaskedIsRefused() throws Exception {
    PrivateFiles.create(folder.resolve("pin"), "q?!\n");
    assertThatThrownBy(() -> new SecretFiles(folder).get("pin"))
        .hasMessageContaining("fewer than 4 characters")
        .hasMessageNotContaining("q?!");
    assertThatThrownBy(() -> new SecretFiles(folder).get("../pin"))
        .hasMessage("no secret can be called ../pin");
  }

  @Test
  void theFolderIsTheGivenOneOrSystemdsOrItsOwn() {
    Path data = Path.of("data");
    Map<String, String> systemd = Map.of("CREDENTIALS_DIRECTORY", "/run/credentials/x");
    assertThat(SecretFiles.of(Path.of("s"), systemd, data).folder()).isEqualTo(Path.of("s"));
    assertThat(SecretFiles.of(null, systemd, data).folder())
        .isEqualTo(Path.of("/run/credentials/x"));
    assertThat(SecretFiles.of(null, Map.of(), data).folder()).isEqualTo(Path.of("data/secrets"));
  }
}
