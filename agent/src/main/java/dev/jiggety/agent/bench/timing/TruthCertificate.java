package dev.jiggety.agent.bench.timing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A truth server's certificate, made anew for each: it signs itself, is good for two days, and
 * nobody trusts it who was not told to.
 *
 * @param context speaks TLS with it
 * @param pem the certificate
 */
public record TruthCertificate(SSLContext context, String pem) {
  /** Names under this one are those of the server. */
  public static final String DOMAIN = "truth.test";

  private static final String PASSWORD = "truth-server";

  /**
   * Makes one, by the tool that comes with each Java.
   *
   * @param folder for a file that is removed again
   */
  public static TruthCertificate make(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("truth.p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=" + DOMAIN,
            "-ext",
            "san=dns:*." + DOMAIN + ",dns:localhost,ip:127.0.0.1",
            "-startdate",
            "-1d",
            "-validity",
            "3",
            "-alias",
            "truth",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString());
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (tool.waitFor() != 0) {
      throw new IOException("keytool made no certificate: " + said.strip());
    }
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, new SecureRandom());
      return new TruthCertificate(context, pem(store.getCertificate("truth").getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java cannot use its own certificate: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String pem(byte[] encoded) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(encoded)
        + "\n-----END CERTIFICATE-----\n";
  }
}
