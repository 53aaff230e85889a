package dev.jiggety.couch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  @TempDir Path folder;

  @Test
  void theEnvironmentNamesBothOrNeither() {
    assertThat(Credentials.fromEnvironment(Map.of())).isEmpty();
    assertThat(
            Credentials.fromEnvironment(
                Map.of("JIGGETY_USER", "ada", "JIGGETY_PASSWORD", "s3cret")))
        .contains(Credentials.of("ada", "s3cret"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.fromEnvironment(Map.of("JIGGETY_PASSWORD", "s3cret")))
        .withMessageContaining("JIGGETY_USER")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  @Test
  void aFileHoldsOneLineOrTwo() throws IOException {
    assertThat(Credentials.fromFile(file("ada:s3:cret\n", "rw-------")))
        .isEqualTo(Credentials.of("ada", "s3:cret"));
    assertThat(Credentials.fromFile(file("ada\ns3:cret \n", "r--------")))
        .isEqualTo(Credentials.of("ada", "s3:cret "));
    for (String bad : new String[] {"", "ada", "ada\n", "a\nb\nc\n", ":x"}) {
      Path file = file(bad, "rw-------");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Credentials.fromFile(file))
          .withMessageContaining(file.toString());
    }
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
    for (String mode : new String[] {"rw-r-----", "rw----r--", "rw--w----"}) {
      Path file = file("ada:s3cret", mode);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Credentials.fromFile(file))
          .withMessageContaining("chmod 600 " + file)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.fromFile(missing))
        .withMessage("no credentials file " + missing);
  }

  private Path file(String text, String mode) throws IOException {
    Path file = folder.resolve("credentials");
    Files.deleteIfExists(file);
    Files.writeString(file, text);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
    return file;
  }
}
