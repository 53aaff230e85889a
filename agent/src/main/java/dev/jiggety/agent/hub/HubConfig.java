package dev.jiggety.agent.hub;

import dev.jiggety.base.Secret;
import dev.jiggety.couch.TlsTrust;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How a hub runs.
 *
 * @param bind the address to listen at, a name or a number
 * @param port 0 = any free one
 * @param folder where the hub keeps its own few files (administrator, uploads under way); private
 *     to this hub, may be the folder of the databases
 * @param admin the server's administrator. Given once, it is kept (as a hash) and need not be given
 *     again; given again with another password or name, it replaces the one before
 * @param limits sizes and times
 * @param wire whether it speaks TLS
 * @param trust whom it believes when it replicates with other hubs
 * @param adminParty whether, as long as there is no administrator, everybody on this machine is
 *     one; at a loopback address alone
 * @param clock for sessions and the lock-out after wrong passwords
 */
public record HubConfig(
    String bind,
    int port,
    Path folder,
    Optional<Admin> admin,
    boolean adminParty,
    Limits limits,
    Wire wire,
    TlsTrust trust,
    InstantSource clock) {

  public HubConfig {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, is " + port);
    }
  }

  /** How the hub is spoken to. */
  public sealed interface Wire {
    /** Unencrypted, at a loopback address alone. */
    record PlainHere() implements Wire {}

    /** Unencrypted, also for others: something in front of the hub encrypts. Said on purpose. */
    record PlainForAll() implements Wire {}

    /**
     * By TLS alone.
     *
     * @param certificate PEM file: the hub's certificate, followed by those that sign it
     * @param key PEM file: its key, PKCS #8, not encrypted
     */
    record Tls(Path certificate, Path key) implements Wire {}
  }

  /** The server's administrator. */
  public record Admin(String name, Secret password) {
    public Admin {
      if (name.isBlank() || name.contains(":") || password.reveal().isEmpty()) {
        throw new IllegalArgumentException(
            "an administrator needs a name without \":\" and a password that is not empty");
      }
    }
  }

  /**
   * What one client may ask for.
   *
   * @param documentBytes largest document without its attachments (CouchDB: max_document_size)
   * @param requestBytes largest request body, unpacked, of all but single attachments
   * @param attachmentBytes largest single attachment
   * @param connections most connections at a time; more wait to be accepted
   * @param idleMillis a connection on which nothing moves for so long is closed, feeds excepted
   * @param slowMillis how long a request's header may take; a body that takes longer must have come
   *     at 1,000 bytes a second; and how long a large request waits for memory
   * @param bodiesBytes all request bodies in memory together, files excepted
   * @param passwordIterations PBKDF2 rounds for new passwords
   */
  public record Limits(
      int documentBytes,
      long requestBytes,
      long attachmentBytes,
      int connections,
      long idleMillis,
      long slowMillis,
      long bodiesBytes,
      int passwordIterations) {

    private static final long SLOW_MILLIS = 20_000;
    private static final long LARGEST = 64L << 20;

    /** The same with usual times, and with memory for bodies as this JVM has. */
    public Limits(
        int documentBytes,
        long requestBytes,
        long attachmentBytes,
        int connections,
        long idleMillis,
        int passwordIterations) {
      this(
          documentBytes,
          requestBytes,
          attachmentBytes,
          connections,
          idleMillis,
          SLOW_MILLIS,
          Math.max(LARGEST, Runtime.getRuntime().maxMemory() / 6),
          passwordIterations);
    }

    /** CouchDB's document limit of 8 MB; the rest as fits a machine of 512 MB. */
    public static final Limits DEFAULT =
        new Limits(8_000_000, LARGEST, 256L << 20, 8192, 120_000, 600_000);

    /** The same with other numbers of PBKDF2 rounds. */
    public Limits withPasswordIterations(int rounds) {
      return new Limits(
          documentBytes,
          requestBytes,
          attachmentBytes,
          connections,
          idleMillis,
          slowMillis,
          bodiesBytes,
          rounds);
    }

    /** The same with other times, in milliseconds. */
    public Limits withTimes(long idle, long slow) {
      return new Limits(
          documentBytes,
          requestBytes,
          attachmentBytes,
          connections,
          idle,
          slow,
          bodiesBytes,
          passwordIterations);
    }

    /** The same with other memory for bodies. */
    public Limits withBodies(long bytes) {
      return new Limits(
          documentBytes,
          requestBytes,
          attachmentBytes,
          connections,
          idleMillis,
          slowMillis,
          bytes,
          passwordIterations);
    }

    /** {@link #slowMillis} in nanoseconds. */
    long slowNanos() {
      return TimeUnit.MILLISECONDS.toNanos(slowMillis);
    }
  }

  /** Without administrator and without rights for anybody; give it one, or the party. */
  public static HubConfig at(String bind, int port, Path folder) {
    return new HubConfig(
        bind,
        port,
        folder,
        Optional.empty(),
        false,
        Limits.DEFAULT,
        new Wire.PlainHere(),
        TlsTrust.PLATFORM,
        InstantSource.system());
  }

  /** At the loopback address, with the admin party: for tests, demonstrations and benchmarks. */
  public static HubConfig loopback(int port, Path folder) {
    return at("127.0.0.1", port, folder).withAdminParty();
  }

  /** The same at another address. */
  public HubConfig withBind(String address) {
    return new HubConfig(address, port, folder, admin, adminParty, limits, wire, trust, clock);
  }

  /** The same, where everybody on this machine is administrator while there is none. */
  public HubConfig withAdminParty() {
    return new HubConfig(bind, port, folder, admin, true, limits, wire, trust, clock);
  }

  /** The same with an administrator. */
  public HubConfig withAdmin(String name, Secret password) {
    return new HubConfig(
        bind,
        port,
        folder,
        Optional.of(new Admin(name, password)),
        adminParty,
        limits,
        wire,
        trust,
        clock);
  }

  /** The same, spoken to in another way. */
  public HubConfig withWire(Wire other) {
    return new HubConfig(bind, port, folder, admin, adminParty, limits, other, trust, clock);
  }

  /** The same, believing others when it replicates with other hubs. */
  public HubConfig withTrust(TlsTrust whom) {
    return new HubConfig(bind, port, folder, admin, adminParty, limits, wire, whom, clock);
  }

  /** The same with other limits. */
  public HubConfig withLimits(Limits other) {
    return new HubConfig(bind, port, folder, admin, adminParty, other, wire, trust, clock);
  }

  /** The same with another clock. */
  public HubConfig withClock(InstantSource other) {
    return new HubConfig(bind, port, folder, admin, adminParty, limits, wire, trust, other);
  }
}
