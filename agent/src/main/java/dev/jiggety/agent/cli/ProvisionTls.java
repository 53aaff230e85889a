package dev.jiggety.agent.cli;

import dev.jiggety.agent.certificate.CertificateFolder;
import dev.jiggety.couch.Certificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Certificates for those who have none; no hub is asked, for it cannot run before. */
final class ProvisionTls {
  @Option(
      names = "--tls",
      paramLabel = "DIR",
      description = {
        "Ask no hub; make in this folder an authority of your own and a certificate of the hub,",
        "or renew that when a third of its life is left."
      })
  private @Nullable Path folder;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      split = ",",
      description = {
        "Names and IP addresses by which the hub is reached, separated by commas; besides",
        "localhost. Without it those of the certificate there is."
      })
  private List<String> hosts = List.of();

  @Option(names = "--renew", description = "Renew the hub's certificate now.")
  private boolean renew;

  /** Makes certificates, where that is what is wanted. */
  boolean run(PrintWriter out) {
    if (folder == null) {
      if (!hosts.isEmpty() || renew) {
        throw new CliException(ExitCode.USAGE, "say where the certificates are: --tls DIR");
      }
      return false;
    }
    CertificateFolder certificates = new CertificateFolder(folder);
    try {
      print(certificates, certificates.provision(hosts, renew, Instant.now()), out);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CliException(ExitCode.BAD, "cannot write in " + folder + ": " + e.getMessage());
    }
    return true;
  }

  private static void print(
      CertificateFolder files, CertificateFolder.Issued issued, PrintWriter out) {
    String what =
        switch (issued.change()) {
          case MADE -> "made";
          case RENEWED -> "renewed; a running hub takes it by itself";
          case KEPT -> "still good, kept";
        };
    out.println("certificate of the hub: " + what);
    out.println("  for    " + String.join(", ", issued.identity().names()));
    out.println("  until  " + issued.identity().ends());
    out.println("  hub    --tls-certificate " + files.certificate() + " --tls-key " + files.key());
    out.println("  all    --ca " + files.authority() + " (or JIGGETY_CA)");
    out.println("  authority SHA-256 " + Certificates.forPeople(issued.fingerprint()));
    if (issued.change() == CertificateFolder.Change.MADE) {
      out.println(
          "The folder authority can be kept elsewhere until renewal; the key must belong to the"
              + " user that the hub runs as.");
    }
  }
}
