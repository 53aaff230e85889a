package dev.jiggety.agent.queue;

import dev.jiggety.couch.Credentials;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A broker.
 *
 * @param folder where it keeps its journal; belongs to this broker alone while it runs
 * @param listener where others reach it; empty for a broker of this process alone
 */
public record BrokerConfig(Path folder, Optional<Listener> listener) {

  /** A broker that only this process reaches. */
  public static BrokerConfig inside(Path folder) {
    return new BrokerConfig(folder, Optional.empty());
  }

  /** A broker that others reach. */
  public static BrokerConfig listening(Path folder, Listener listener) {
    return new BrokerConfig(folder, Optional.of(listener));
  }

  /**
   * Where and how others reach a broker.
   *
   * @param bind the address to listen on
   * @param port the TCP port, 1 to 65535
   * @param tls the certificate that it shows; without it the line is not encrypted
   * @param credentials the name and password that it asks for; without them it lets in everybody
   */
  public record Listener(
      String bind, int port, Optional<Certificate> tls, Optional<Credentials> credentials) {

    public Listener {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
      }
      if (!BrokerUrl.isLoopback(bind) && (tls.isEmpty() || credentials.isEmpty())) {
        throw new IllegalArgumentException(
            "a broker at "
                + bind
                + " can be reached from other machines: give it a certificate (--tls-certificate,"
                + " --tls-key) and a password (--credentials), or --bind 127.0.0.1");
      }
    }

    /** The address for those who use it from the same machine or by the name that it binds to. */
    public BrokerUrl url() {
      return new BrokerUrl(tls.isPresent(), List.of(new BrokerUrl.Place(bind, port)));
    }

    /** Open to everybody on this machine. */
    public static Listener loopback(int port) {
      return new Listener("127.0.0.1", port, Optional.empty(), Optional.empty());
    }
  }

  /**
   * A certificate with its key.
   *
   * @param chain PEM file with the certificate, followed by those that sign it
   * @param key PEM file with its private key, PKCS #8, not encrypted
   */
  public record Certificate(Path chain, Path key) {}
}
