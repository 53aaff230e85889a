package dev.jiggety.agent.release;

import dev.jiggety.model.AgentChoice;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.ReleaseRepository;
import dev.jiggety.signing.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which program a node runs, and which it shall run. Gets a release ready while another one runs,
 * and puts it in that one's place when the configuration in force wants it. Safe for any thread.
 */
public final class AgentUpdates implements AutoCloseable {
  private static final Logger LOG = System.getLogger(AgentUpdates.class.getName());
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);

  private final Parts parts;
  private final ReleaseFolder folder;
  private final Staging staging;
  private final String runningId;
  private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
  private volatile @Nullable AgentChoice wanted;
  private volatile String trouble = "";
  private volatile boolean leaving;
  private volatile boolean closed;

  /**
   * What it works with.
   *
   * @param data the node's data folder
   * @param boot which program this is
   * @param version of this program
   * @param restart ends the process in order, with {@link Boot#RESTART}; quick
   * @param failed hears why what is in force did not run here, once for each attempt to want it
   * @param trust whom the node believes now
   * @param patience how long it stays when another one is ready to take its place
   */
  public record Parts(
      Path data,
      Boot boot,
      String version,
      ReleaseRepository hub,
      Runnable restart,
      Consumer<String> failed,
      Supplier<Trust> trust,
      Supplier<Duration> patience) {}

  public AgentUpdates(Parts parts) {
    this(parts, StartCheck.Limits.USUAL, Steps.NONE);
  }

  AgentUpdates(Parts parts, StartCheck.Limits limits, Steps steps) {
    this.parts = parts;
    this.folder = new ReleaseFolder(parts.data());
    this.staging = new Staging(parts.data(), folder, parts.hub(), limits, steps);
    this.runningId = parts.boot().canSwitch() ? folder.id(parts.boot().slot()) : "";
  }

  /**
   * Gets ready what a candidate wants.
   *
   * @param choice null for the installed program
   * @param done hears once, on some thread, what is wrong; null for nothing
   */
  public void stage(@Nullable AgentChoice choice, Consumer<@Nullable String> done) {
    if (choice == null || !parts.boot().canSwitch() || isRunning(choice)) {
      done.accept(null);
      return;
    }
    String bad = bad(choice);
    if (bad != null) {
      done.accept(bad);
      return;
    }
    work(() -> done.accept(bring(choice)));
  }

  /** The configuration in force wants it; null for the installed program. */
  public void want(@Nullable AgentChoice choice) {
    wanted = choice;
    if (!parts.boot().canSwitch() || isRunning(choice)) {
      return;
    }
    String bad = choice == null ? null : bad(choice);
    if (bad != null) {
      LOG.log(Level.ERROR, bad);
      parts.failed().accept(bad);
    } else if (isReady(choice)) {
      leave(choice);
    } else if (choice != null) {
      work(() -> {
        String unfit = bring(choice);
        if (unfit == null && choice.equals(wanted)) {
          leave(choice);
        } else if (unfit != null) {
          parts.failed().accept(unfit);
        }
      });
    }
  }

  /** Whether this process is about to make way for what that wants. */
  public boolean isLeavingFor(@Nullable AgentChoice choice) {
    return leaving
        || (parts.boot().canSwitch()
            && !isRunning(choice)
            && (choice == null || bad(choice) == null)
            && isReady(choice));
  }

  /** This process is up: the boot script waits no longer. */
  public void ready() {
    quietly(folder::ready);
  }

  /** This process has run well for a while: it is started again after any end. */
  public void confirm() {
    quietly(() -> folder.confirm(runningId));
  }

  /** What people should look at, one line each; empty when all is well. */
  public List<String> notices() {
    AgentChoice choice = wanted;
    if (choice == null || isRunning(choice)) {
      return List.of();
    }
    if (!parts.boot().canSwitch()) {
      return List.of(
          "release %s is in force, and %s runs here: nothing that could start another one has"
                  .formatted(choice.version(), parts.version())
              + " started it; update it by hand");
    }
    String bad = bad(choice);
    String now = bad == null ? trouble : bad;
    return now.isEmpty() ? List.of() : List.of(now);
  }

  /** The process ends in order: that was no failed start. */
  @Override
  public void close() {
    closed = true;
    Thread thread = worker.getAndSet(null);
    if (thread != null) {
      thread.interrupt();
    }
    if (parts.boot().canSwitch()) {
      quietly(folder::endedInOrder);
    }
  }

  private boolean isRunning(@Nullable AgentChoice choice) {
    boolean isInstalled = parts.boot().slot().equals(Boot.INSTALLED);
    return choice == null
        ? isInstalled
        : choice.digest().equals(runningId)
            || (isInstalled && choice.version().equals(parts.version()));
  }

  private boolean isReady(@Nullable AgentChoice choice) {
    return choice == null || folder.find(choice.digest()).isPresent();
  }

  private @Nullable String bad(AgentChoice choice) {
    return folder
        .bad(choice.digest())
        .map(why -> "release " + choice.version() + " did not run here: " + why)
        .orElse(null);
  }

  private void leave(@Nullable AgentChoice choice) {
    Duration patience = parts.patience().get();
    if (patience.isZero()) {
      leaveNow(choice);
      return;
    }
    Thread.ofVirtual()
        .name("release waits")
        .start(() -> {
          try {
            Thread.sleep(patience);
            if (closed) {
              return;
            }
            if (Objects.equals(choice, wanted)) {
              leaveNow(choice);
            } else if (isRunning(wanted)) {
              parts.restart().run(); // called back meanwhile; it fell silent, and begins anew
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private synchronized void leaveNow(@Nullable AgentChoice choice) {
    if (leaving) {
      return; // it was wanted twice
    }
    try {
      String slot = choice == null ? Boot.INSTALLED : folder.find(choice.digest()).orElseThrow();
      folder.point(slot, parts.boot().slot());
      leaving = true;
      LOG.log(
          Level.INFO,
          "{0} makes way for {1}",
          parts.version(),
          choice == null ? "the installed program" : "release " + choice.version());
      parts.restart().run();
    } catch (IOException e) {
      trouble = "release cannot be put in force: " + e.getMessage() + "; make room on the disk";
      LOG.log(Level.ERROR, trouble);
      parts.failed().accept(trouble);
    }
  }

  /** Gets it ready, however long the hub is away; what is wrong with it, or null. */
  private @Nullable String bring(AgentChoice choice) {
    Duration wait = FIRST_RETRY;
    while (!closed) {
      try {
        staging.bring(choice, parts.trust().get(), parts.boot().slot());
        trouble = "";
        LOG.log(Level.INFO, "release {0} is ready", choice.version());
        return null;
      } catch (UnfitReleaseException e) {
        String why = "release " + choice.version() + ": " + e.getMessage();
        trouble = why;
        LOG.log(Level.WARNING, why);
        return why;
      } catch (IOException | HubException e) {
        String why = "release " + choice.version() + " is not here yet: " + e.getMessage();
        if (!why.equals(trouble)) {
          LOG.log(Level.WARNING, why);
        }
        trouble = why;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return "another release is wanted meanwhile";
      }
      try {
        Thread.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return "another release is wanted meanwhile";
      }
      wait = wait.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait.multipliedBy(2);
    }
    return "the node ends";
  }

  /** One release at a time: the one that is wanted last. */
  private void work(Runnable what) {
    Thread[] before = new Thread[1];
    Thread thread =
        Thread.ofVirtual()
            .name("release")
            .unstarted(() -> {
              try {
                if (before[0] != null) {
                  before[0].join();
                }
                what.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a release could not be got ready", e);
              }
            });
    before[0] = worker.getAndSet(thread);
    if (before[0] != null) {
      before[0].interrupt();
    }
    thread.start();
  }

  private interface Change {
    void make() throws IOException;
  }

  private void quietly(Change change) {
    if (!parts.boot().canSwitch()) {
      return;
    }
    try {
      folder.make();
      change.make();
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "the boot script cannot be told: {0}", e.getMessage());
    }
  }
}
