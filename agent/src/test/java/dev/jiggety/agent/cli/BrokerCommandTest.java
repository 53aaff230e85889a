package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code jiggety broker} refuses, and the one line that tells why. */
class BrokerCommandTest {
  @TempDir private Path folder;

  @Test
  void itIsNotOpenToOtherMachinesWithoutCertificateAndPassword() throws IOException {
    Cli.Result nothing = broker("--bind", "0.0.0.0");
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(nothing.errorLines()).hasSize(1);
    assertThat(nothing.err()).contains("0.0.0.0", "--tls-certificate", "--credentials");

    Cli.Result noTls = broker("--bind", "0.0.0.0", "--credentials", secret().toString());
    assertThat(noTls.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(noTls.err()).contains("--tls-certificate").doesNotContain("hush");
  }

  @Test
  void aCertificateWithoutKeyIsHalfOfIt() {
    Cli.Result result = broker("--tls-certificate", "cert.pem");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.errorLines())
        .containsExactly("jiggety: give both --tls-certificate and --tls-key, or neither");
  }

  @Test
  void aCertificateThatIsNotThereOrNoneIsNamed() throws IOException {
    Path none = folder.resolve("none.pem");
    Cli.Result missing = broker("--tls-certificate", none.toString(), "--tls-key", none.toString());
    assertThat(missing.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(missing.errorLines()).hasSize(1);
    assertThat(missing.err()).contains("cannot read the certificate file " + none);

    Files.writeString(none, "no PEM at all");
    Cli.Result garbage = broker("--tls-certificate", none.toString(), "--tls-key", none.toString());
    assertThat(garbage.exitCode()).isEqualTo(ExitCode.BAD);
    assertThat(garbage.errorLines()).hasSize(1);
    assertThat(garbage.err()).contains(none.toString(), "PEM");
  }

  @Test
  void aPasswordFileThatOthersCanReadIsRefused() throws IOException {
    Path file = secret();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Cli.Result result = broker("--credentials", file.toString());
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("chmod 600 " + file).doesNotContain("hush");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cli.Result result = broker("--port", "" + taken.getLocalPort());
      assertThat(result.exitCode()).isEqualTo(ExitCode.BAD);
      assertThat(result.errorLines()).hasSize(1);
      assertThat(result.err()).contains("127.0.0.1:" + taken.getLocalPort(), "--port");
    }
  }

  private Cli.Result broker(String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "broker";
    arguments[1] = "--data";
    arguments[2] = folder.resolve("line").toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Cli.run(arguments);
  }

  private Path secret() throws IOException {
    Path file = folder.resolve("credentials");
    Files.writeString(file, "manager\nhush\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}
