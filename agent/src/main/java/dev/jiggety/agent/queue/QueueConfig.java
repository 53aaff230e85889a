package dev.jiggety.agent.queue;

import dev.jiggety.couch.Credentials;
import java.nio.file.Path;
import java.util.Optional;

/** Where the line of patches is kept. */
public sealed interface QueueConfig {

  /**
   * A broker in this process, with its journal on this machine's disk. It has no network address.
   */
  static Embedded embedded(Path folder) {
    return new Embedded(folder);
  }

  /**
   * A broker elsewhere.
   *
   * @param url {@code tcp://HOST:PORT} or, with TLS, {@code ssl://HOST:PORT}; further brokers that
   *     keep the same line (a pair with a shared store) follow after commas
   * @throws IllegalArgumentException with one line that says what is wrong with the URL
   */
  static Remote at(String url) {
    return new Remote(BrokerUrl.parse(url), Optional.empty(), Optional.empty());
  }

  /**
   * In this process.
   *
   * @param folder made if it is not there; belongs to this process alone while that runs
   */
  record Embedded(Path folder) implements QueueConfig {}

  /**
   * Elsewhere.
   *
   * @param url its address
   * @param credentials the name and password that it asks for
   * @param authority PEM file with the certificates that sign the broker's; without it those that
   *     Java trusts
   */
  record Remote(BrokerUrl url, Optional<Credentials> credentials, Optional<Path> authority)
      implements QueueConfig {

    public Remote {
      if (authority.isPresent() && !url.tls()) {
        throw new IllegalArgumentException(
            "certificates are given for " + url + ", which is not encrypted: write ssl://");
      }
      if (credentials.isPresent() && !url.tls() && !url.loopback()) {
        throw new IllegalArgumentException(
            "the password for " + url + " would travel unencrypted: write ssl://");
      }
    }

    /** The same with a name and password. */
    public Remote withCredentials(Credentials known) {
      return new Remote(url, Optional.of(known), authority);
    }

    /** The same with the certificates that it trusts. */
    public Remote withAuthority(Path pem) {
      return new Remote(url, credentials, Optional.of(pem));
    }
  }
}
