package dev.jiggety.agent.cli;

import dev.jiggety.agent.report.StatusServer;
import dev.jiggety.agent.report.StatusSite;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.TlsTrust;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The status page of an embedded hub: a server of its own that asks the hub as any client does, so
 * that whoever reaches the page reaches nothing else.
 */
final class HubStatusPage implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(30);

  @Option(
      names = "--status-page",
      description = "Serve a status page too, on a port of its own; only what is public is on it.")
  private boolean wanted;

  @Option(
      names = "--status-port",
      paramLabel = "N",
      description = "Its TCP port, 0 for any (default: 8089).")
  private int port = 8089;

  @Option(
      names = "--status-bind",
      paramLabel = "ADDRESS",
      description = "The address that it listens on (default: 127.0.0.1).")
  private String bind = "127.0.0.1";

  @Option(
      names = "--status-credentials",
      paramLabel = "FILE",
      description = {
        "As whom it reads the hub: file of two lines, user and password (default: JIGGETY_USER",
        "and JIGGETY_PASSWORD, else the administrator if given)."
      })
  private @Nullable Path credentials;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "What the names of its databases begin with (default: jiggety-).")
  private String prefix = DatabaseNames.DEFAULT_PREFIX;

  @ArgGroup(exclusive = false)
  private StatusPageOptions shown = new StatusPageOptions();

  private @Nullable Hub hub;
  private @Nullable StatusServer server;
  private @Nullable StatusSite site;

  /** Begins to serve it, where it is wanted. */
  HubStatusPage start(URI hubUrl, Optional<Credentials> administrator, TlsTrust trust) {
    if (!wanted) {
      return this;
    }
    try {
      StatusServer listening = StatusServer.start(bind, port);
      server = listening;
      Hub opened =
          Hub.open(
              HubAddress.parse(hubUrl.toString(), reader().or(() -> administrator)),
              HubOptions.DEFAULT.withTrust(trust));
      hub = opened;
      StatusSite made =
          shown.site(
              new CouchRepositories(opened, new DatabaseNames(prefix)), listening::show, EVERY);
      site = made;
      Thread.ofVirtual().name("status-page").start(() -> made.run(EVERY));
      return this;
    } catch (IOException e) {
      close();
      throw new CliException(ExitCode.BAD, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Where it is; empty where it is not wanted. */
  Optional<URI> url() {
    return Optional.ofNullable(server).map(StatusServer::url);
  }

  private Optional<Credentials> reader() {
    return credentials == null
        ? Credentials.fromEnvironment(System.getenv())
        : Optional.of(Credentials.fromFile(credentials));
  }

  @Override
  public void close() {
    if (site != null) {
      site.close();
    }
    if (server != null) {
      server.close();
    }
    if (hub != null) {
      hub.close();
    }
  }
}
