package dev.jiggety.agent.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Watches over a role while it runs, and tells the service manager: that it is ready once it really
 * serves, how it is, and that it is alive only as long as its own loops are. A role that hangs is
 * not spoken for any more, and so is killed and started again. On a thread of the platform, so that
 * it does not need what it watches.
 */
public final class Vigil implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Vigil.class.getName());

  /** Until it is ready somebody waits for it. */
  private static final Duration STARTING = Duration.ofMillis(200);

  private static final Duration USUAL = Duration.ofSeconds(5);

  /** A sign is told this often within the time that systemd waits. */
  private static final int SIGNS = 4;

  private final Notifier notifier;
  private final Watched role;
  private final Duration every;
  private final CountDownLatch closed = new CountDownLatch(1);
  private String told = "";
  private boolean isReady;
  private int missed;

  /**
   * A role, as it is watched.
   *
   * @param isReady whether it serves
   * @param status one line for people
   * @param signs all of them must be there
   */
  public record Watched(BooleanSupplier isReady, Supplier<String> status, List<Sign> signs) {
    public Watched {
      signs = List.copyOf(signs);
    }
  }

  private Vigil(Notifier notifier, Watched role) {
    this.notifier = notifier;
    this.role = role;
    this.every =
        notifier
            .watchdog()
            .map(longest -> longest.dividedBy(SIGNS))
            .filter(often -> often.compareTo(USUAL) < 0)
            .orElse(USUAL);
  }

  /** One that does not look by itself. */
  static Vigil of(Notifier notifier, Watched role) {
    return new Vigil(notifier, role);
  }

  /** Begins; does nothing where nobody listens. */
  public static Vigil begin(Notifier notifier, Watched role) {
    Vigil vigil = of(notifier, role);
    if (notifier.isWanted()) {
      Thread.ofPlatform().name("vigil").daemon().start(vigil::loop);
    }
    return vigil;
  }

  /** Says that the process ends, which may take as long as the unit allows. */
  @Override
  public void close() {
    closed.countDown();
    notifier.stopping();
  }

  private void loop() {
    try {
      do {
        try {
          look();
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "the state of the service could not be told", e);
        }
      } while (!closed.await((isReady ? every : STARTING).toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  /** Looks once, and tells what is to be told. */
  void look() {
    List<String> missing = role.signs().stream().filter(Sign::isMissing).map(Sign::part).toList();
    if (missing.isEmpty()) {
      if (missed > 1) {
        LOG.log(Level.INFO, "all parts of this process move again");
      }
      missed = 0;
      tell();
      return;
    }
    // After a standstill of the whole machine this may be the first to wake up: not at once.
    if (++missed == 1) {
      notifier.alive();
    } else if (missed == 2) {
      String what = String.join(", ", missing) + " does not move";
      LOG.log(Level.ERROR, "{0}: the service manager will end this process", what);
      notifier.status(what);
      told = what;
    }
  }

  private void tell() {
    String status = role.status().get();
    if (!isReady) {
      isReady = role.isReady().getAsBoolean() && notifier.ready(status);
      told = isReady ? status : "";
    } else if (!status.equals(told) && notifier.status(status)) {
      told = status;
    }
    if (notifier.watchdog().isPresent()) {
      notifier.alive();
    }
  }
}
