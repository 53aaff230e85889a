package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Head;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.HubFeed.Connection;
import dev.jiggety.repository.PatchRepository;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a patch is decided and shows how far it is: one line that is written anew on a
 * terminal, a line for each step elsewhere. Made before the patch is handed in, so that nothing is
 * missed.
 */
final class PatchWait implements AutoCloseable {
  /** The manager takes a patch in within moments, a standby that takes over within seconds. */
  private static final Duration NOTICE = Duration.ofSeconds(5);

  private static final Duration GIVE_UP = Duration.ofSeconds(30);
  private static final Duration REPAINT = Duration.ofMillis(200);

  /** Confirming takes moments, with thousands of tests seconds. */
  private static final Duration CONFIRMED = Duration.ofSeconds(15);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final PatchRepository patches;
  private final Patch patch;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final Ansi ansi = Ansi.detect();
  private final PatchWatch watch;
  private final BlockingQueue<Runnable> heard = new LinkedBlockingQueue<>();
  private final HubFeed.Subscription feed;
  private String told = "";
  private boolean warned;

  PatchWait(PatchRepository patches, Patch patch, PrintWriter out, PrintWriter err, boolean json) {
    this.patches = patches;
    this.patch = patch;
    this.out = out;
    this.err = err;
    this.json = json;
    this.watch = new PatchWatch(patch.id());
    this.feed = patches.follow(new Ear());
  }

  /** Returns the exit code when it is decided; or when nobody takes it in. */
  int await() {
    long begin = System.nanoTime();
    say("handed in as patch " + patch.id());
    while (!watch.isDone()) {
      Runnable next = poll();
      if (next != null) {
        next.run();
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - begin);
      if (watch.current().isEmpty()) {
        if (waited.compareTo(GIVE_UP) > 0) {
          endLine();
          throw new CliException(
              ExitCode.BAD,
              "nobody has taken the patch in; it is carried out if a patch manager comes by "
                  + patch.expires());
        }
        if (waited.compareTo(NOTICE) > 0 && !warned) {
          warned = true;
          endLine();
          err.println(
              "jiggety: no patch manager takes it in; is one running? Start one with: jiggety manager");
        }
      }
      repaint(waited);
    }
    Rollout end = watch.current().orElseThrow();
    awaitConfirmed(end);
    endLine();
    return result(end);
  }

  /**
   * The nodes run it already; but who edits next has to see it as what is in force, or is refused
   * for an edit of what stood there before. It is completed all the same when that cannot be seen.
   */
  private void awaitConfirmed(Rollout rollout) {
    long begin = System.nanoTime();
    try {
      while (rollout.state() == RolloutState.COMPLETED
          && patches.head().filter(it -> it.active().ride().equals(rollout.id())).isPresent()
          && !Digests.of(patches.inForce()).equals(rollout.digest())
          && System.nanoTime() - begin < CONFIRMED.toNanos()) {
        TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
      }
    } catch (HubException e) {
      return; // whoever edits next asks the hub again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Runnable poll() {
    try {
      return heard.poll(REPAINT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.BAD, "interrupted; see: jiggety patch show " + patch.id());
    }
  }

  private void repaint(Duration waited) {
    Optional<Rollout> current = watch.current();
    if (json || current.isEmpty()) {
      return;
    }
    String line = RolloutText.progress(current.get());
    if (ansi.enabled()) {
      out.print("\r" + line + " · " + Times.millis(waited) + "\u001b[K");
      out.flush();
      told = line;
    } else if (!line.equals(told)) {
      told = line;
      out.println(line);
    }
  }

  /** What is written anew has to end before something else is written. */
  private void endLine() {
    if (ansi.enabled() && !told.isEmpty() && !json) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }

  private int result(Rollout rollout) {
    boolean fine = rollout.state() == RolloutState.COMPLETED;
    if (json) {
      JsonObject line = new JsonObject();
      line.addProperty("patch", patch.id());
      RolloutText.json(rollout).entrySet().forEach(it -> line.add(it.getKey(), it.getValue()));
      out.println(line);
      return fine ? ExitCode.FINE : ExitCode.BAD;
    }
    out.println(
        RolloutText.state(rollout.state(), ansi)
            + (fine ? ": release " + rollout.release() : "")
            + " ("
            + RolloutText.times(rollout)
            + ")");
    if (!fine) {
      err.println(
          "jiggety: patch %s is %s: %s"
              .formatted(patch.id(), rollout.state().label(), RolloutText.reason(rollout)));
    }
    return fine ? ExitCode.FINE : ExitCode.BAD;
  }

  private void say(String line) {
    if (!json) {
      out.println(line);
    }
  }

  @Override
  public void close() {
    feed.close();
  }

  private final class Ear implements PatchRepository.Listener {
    @Override
    public void rollout(Rollout rollout) {
      if (rollout.patchIds().contains(patch.id())) {
        heard.add(() -> watch.on(rollout));
      }
    }

    @Override
    public void answer(CommandAnswer answer) {}

    @Override
    public void head(Head head) {}

    @Override
    public void connection(Connection connection) {
      if (connection instanceof Connection.Away away) {
        heard.add(() -> {
          endLine();
          err.println("jiggety: " + away.reason() + " (waiting for it)");
        });
      }
    }
  }
}
