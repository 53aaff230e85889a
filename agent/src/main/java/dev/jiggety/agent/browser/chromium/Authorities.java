package dev.jiggety.agent.browser.chromium;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Certificates that Chromium is to trust besides its own. It reads them from a data base of NSS in
 * the home folder of its user, which is one of its own here; NSS's own program writes that.
 */
final class Authorities {
  private Authorities() {}

  /** Writes them before Chromium starts. */
  static void install(Path certutil, String pem, Path home) throws IOException {
    Path database = Files.createDirectories(home.resolve(".pki/nssdb"));
    String place = "sql:" + database;
    run(List.of(certutil.toString(), "-N", "-d", place, "--empty-password"));
    int number = 0;
    for (Certificate certificate : read(pem)) {
      Path file = home.resolve("authority" + number + ".pem");
      Files.writeString(file, pem(certificate));
      run(
          List.of(
              certutil.toString(),
              "-A",
              "-d",
              place,
              "-n",
              "authority " + number,
              "-t",
              "C,,",
              "-i",
              file.toString()));
      number++;
    }
  }

  private static Collection<? extends Certificate> read(String pem) throws IOException {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
    } catch (CertificateException e) {
      throw new IOException("connection.authority holds no certificates (PEM)", e);
    }
  }

  private static String pem(Certificate certificate) throws IOException {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateException e) {
      throw new IOException("connection.authority holds no certificates (PEM)", e);
    }
  }

  private static void run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("certutil did not take the certificates of connection.authority");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
