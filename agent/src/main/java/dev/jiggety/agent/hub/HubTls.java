package dev.jiggety.agent.hub;

import dev.jiggety.agent.certificate.ServerKeys;
import dev.jiggety.agent.hub.HubStartException.Kind;
import dev.jiggety.agent.vitals.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The hub's TLS, version 1.2 or 1.3, by a certificate in files that may change while it runs. Who
 * speaks plain HTTP at the same port gets an answer that says so, and nothing else. Thread-safe.
 */
final class HubTls implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final ServerKeys keys;
  private final Beat beat;

  private HubTls(ServerKeys keys) {
    this.keys = keys;
    this.beat = Beat.start("looking after the certificate", LOOK, keys::look);
  }

  /**
   * Reads the certificate.
   *
   * @throws HubStartException with a line for people
   */
  static HubTls open(HubConfig.Wire.Tls files) {
    try {
      return new HubTls(ServerKeys.open(files.certificate(), files.key()));
    } catch (IllegalArgumentException e) {
      throw new HubStartException(Kind.CERTIFICATE, String.valueOf(e.getMessage()), e);
    }
  }

  /** What reads the first bytes of a connection, before HTTP. */
  ConnectionFactory[] before(HttpConnectionFactory http) {
    var server = new SslContextFactory.Server();
    server.setSslContext(keys.context());
    server.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    server.setSniRequired(false);
    return new ConnectionFactory[] {
      new DetectorConnectionFactory(new SslConnectionFactory(server, http.getProtocol())), http
    };
  }

  /** A name in the certificate by which this machine reaches itself, the nearest first. */
  String ownName(String bind) {
    var names = keys.identity().names();
    for (var near : List.of(bind, "localhost", "127.0.0.1")) {
      if (names.contains(near)) {
        return near;
      }
    }
    return names.stream().filter(name -> !name.startsWith("*")).findFirst().orElse("localhost");
  }

  /** When the first certificate of those that are shown ends. */
  Instant ends() {
    return keys.identity().ends();
  }

  /** Why the files as they are now are not used; empty where they are. */
  Optional<String> problem() {
    return keys.problem().map(why -> "the certificate is the old one: " + why);
  }

  @Override
  public void close() {
    beat.close();
  }
}
