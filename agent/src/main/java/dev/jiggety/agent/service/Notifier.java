package dev.jiggety.agent.service;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells systemd how this process is, by the protocol of {@code sd_notify}. Does nothing where
 * nobody asked for it (no {@value #SOCKET}), and where there is no systemd. Safe for any thread;
 * waits for nobody.
 *
 * @see <a
 *     href="https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html">sd_notify</a>
 */
public final class Notifier {
  /** Names the socket. */
  static final String SOCKET = "NOTIFY_SOCKET";

  /** How long systemd waits for a sign of life, in microseconds. */
  static final String WATCHDOG = "WATCHDOG_USEC";

  /** Whose sign of life it waits for; any process' when it is missing. */
  static final String WATCHDOG_PID = "WATCHDOG_PID";

  /** Tells nobody. */
  public static final Notifier NONE = new Notifier(null, Optional.empty());

  private static final Logger LOG = System.getLogger(Notifier.class.getName());

  private final @Nullable DatagramSocket socket;
  private final Optional<Duration> watchdog;
  private boolean failing;

  private Notifier(@Nullable DatagramSocket socket, Optional<Duration> watchdog) {
    this.socket = socket;
    this.watchdog = watchdog;
  }

  /** As the environment of this process says. */
  public static Notifier fromEnvironment() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return system.contains("linux") ? of(System.getenv(), ProcessHandle.current().pid()) : NONE;
  }

  /** As an environment says; on Linux alone. */
  static Notifier of(Map<String, String> environment, long pid) {
    String name = environment.getOrDefault(SOCKET, "");
    if (name.isEmpty()) {
      return NONE;
    }
    try {
      return new Notifier(new DatagramSocket(name), watchdog(environment, pid));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "{0} cannot be used: {1}", SOCKET, e.getMessage());
      return NONE;
    }
  }

  private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
    String meant = environment.getOrDefault(WATCHDOG_PID, "");
    if (!meant.isEmpty() && !meant.equals(Long.toString(pid))) {
      return Optional.empty();
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault(WATCHDOG, "0"));
      return micros > 0 ? Optional.of(Duration.of(micros, ChronoUnit.MICROS)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether somebody listens. */
  public boolean isWanted() {
    return socket != null;
  }

  /** How long a sign of life may be away before this process is killed; empty for any time. */
  public Optional<Duration> watchdog() {
    return watchdog;
  }

  /**
   * It serves, from now on; also after {@link #reloading}.
   *
   * @return whether it was heard; if not, say it again
   */
  public boolean ready(String status) {
    return tell("READY=1\nSTATUS=" + line(status));
  }

  /** What people are to see in {@code systemctl status}. */
  public boolean status(String status) {
    return tell("STATUS=" + line(status));
  }

  /** A sign of life. */
  public boolean alive() {
    return tell("WATCHDOG=1");
  }

  /** It reads its configuration anew; say {@link #ready} when that is done. */
  public boolean reloading() {
    // Both clocks count from the boot of the machine, and systemd wants that of clock_gettime.
    return tell("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1_000);
  }

  /** It ends. */
  public boolean stopping() {
    return tell("STOPPING=1");
  }

  private static String line(String text) {
    return text.replace('\n', ' ');
  }

  private boolean tell(String message) {
    if (socket == null) {
      return true;
    }
    try {
      socket.send(message);
      failing(false, "");
      return true;
    } catch (IOException e) {
      failing(true, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private synchronized void failing(boolean now, String why) {
    if (now && !failing) {
      LOG.log(Level.WARNING, "the service manager does not hear this process: {0}", why);
    } else if (!now && failing) {
      LOG.log(Level.INFO, "the service manager hears this process again");
    }
    failing = now;
  }
}
