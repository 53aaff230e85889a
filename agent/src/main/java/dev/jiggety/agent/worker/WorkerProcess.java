package dev.jiggety.agent.worker;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.WorkerLostException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The agent's side of one child: its process, what it says, and its end. One thread at a time
 * speaks to it; anybody may kill it.
 */
final class WorkerProcess {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** Beyond that a child talks without being asked. */
  private static final int UNREAD = 16;

  private final WorkerFolder folder;
  private final Process process;
  private final ProcessTree tree;
  private final ChildOutput output;
  private final Thread errors;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile long pulseAt = System.nanoTime();
  private volatile Messages.@Nullable Pulse pulse;
  private int runs;

  /** What a child says, or what becomes of it. */
  sealed interface Event {
    /** A message other than a pulse. */
    record Said(JsonObject message) implements Event {}

    /** What it says is not understood; for people. */
    record Garbled(String reason) implements Event {}

    /** It is gone. */
    record Ended(int exit) implements Event {}
  }

  private WorkerProcess(WorkerFolder folder, Process process) {
    this.folder = folder;
    this.process = process;
    this.tree = folder.tree(process.pid());
    this.output = new ChildOutput("worker " + process.pid());
    this.errors =
        Thread.ofPlatform()
            .daemon()
            .name("worker-errors " + process.pid())
            .start(() -> output.read(process.getErrorStream()));
    Thread.ofPlatform().daemon().name("worker-answers " + process.pid()).start(this::listen);
  }

  /**
   * Starts one and waits until it can measure.
   *
   * @throws WorkerLostException when it does not come to that
   */
  static WorkerProcess start(WorkerOptions options, Duration patience) throws InterruptedException {
    WorkerProcess worker = launch(options);
    boolean ready = false;
    try {
      worker.send(Messages.settings(ChildProgram.properties()));
      worker.awaitReady(patience);
      ready = true;
      return worker;
    } catch (TimeoutException e) {
      throw new WorkerLostException(
          "a worker process does not start within " + patience.toSeconds() + " s", false);
    } finally {
      if (!ready) {
        worker.kill();
      }
    }
  }

  private static WorkerProcess launch(WorkerOptions options) {
    WorkerFolder folder;
    try {
      folder = WorkerFolder.create(options.folder());
    } catch (IOException e) {
      throw new WorkerLostException(
          "a worker process gets no folder below " + options.folder() + ": " + e.getMessage(),
          false);
    }
    try {
      Process process = ChildProgram.start(options, folder);
      WorkerProcess worker = new WorkerProcess(folder, process);
      folder.record(process.pid());
      return worker;
    } catch (IOException | OutOfMemoryError e) { // the latter when no thread is left
      folder.tree(-1).kill();
      folder.delete();
      throw new WorkerLostException("a worker process does not start: " + e.getMessage(), false);
    }
  }

  long pid() {
    return process.pid();
  }

  ProcessTree tree() {
    return tree;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** How many measurements it has begun. */
  int runs() {
    return runs;
  }

  /** When it last said that it is alive, on the monotonic clock. */
  long pulseAt() {
    return pulseAt;
  }

  /** What it last said of itself in this measurement; null for nothing yet. */
  Messages.@Nullable Pulse pulse() {
    return pulse;
  }

  /** Whether its last words on standard error hold that. */
  boolean complained(String text) {
    return output.says(text);
  }

  /** The processor time that it has taken so far; zero where that is not known. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Asks for a measurement. */
  void measure(JsonObject request) {
    runs++;
    output.begin();
    pulse = null;
    pulseAt = System.nanoTime();
    send(request);
  }

  /** Sends a message; what becomes of it is heard as an event. Does not wait for the child. */
  void send(JsonObject message) {
    Thread.ofVirtual()
        .name("worker-orders " + pid())
        .start(() -> {
          try {
            Frames.write(process.getOutputStream(), message);
          } catch (Frames.BrokenFrameException e) {
            events.add(new Event.Garbled("what it is told is too long"));
          } catch (IOException e) {
            // It is gone or will be told so; its end is heard by who listens.
          }
        });
  }

  /** Waits for the next event; null when none comes in time. */
  @Nullable Event next(Duration patience) throws InterruptedException {
    return events.poll(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
  }

  /**
   * Waits until it is free for the next measurement.
   *
   * @return whether it had better be replaced
   * @throws WorkerLostException when it ended instead
   */
  boolean awaitReady(Duration patience) throws InterruptedException, TimeoutException {
    return switch (next(patience)) {
      case null -> throw new TimeoutException();
      case Event.Said(JsonObject message) when Messages.kind(message).equals(Messages.READY) ->
          Messages.isWorn(message);
      case Event.Said _ -> throw new WorkerLostException("a worker talks nonsense", false);
      case Event.Garbled(String reason) ->
          throw new WorkerLostException("a worker process is broken: " + reason, false);
      case Event.Ended(int exit) ->
          throw new WorkerLostException(
              "a worker process ended before it could measure, with exit code " + exit, false);
    };
  }

  /** Ends it in peace: it tidies up by itself, for a moment. */
  void dismiss() {
    try {
      process.getOutputStream().close();
      process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      // It is gone already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }

  /** Ends it with all that it started, and deletes what it wrote. */
  void kill() {
    tree.kill();
    folder.delete();
  }

  private void listen() {
    try (InputStream answers = new BufferedInputStream(process.getInputStream())) {
      JsonObject message = Frames.read(answers);
      while (message != null) {
        take(message);
        message = Frames.read(answers);
      }
    } catch (Frames.BrokenFrameException e) {
      events.add(new Event.Garbled(String.valueOf(e.getMessage())));
      kill();
    } catch (IOException e) {
      // Its end is told below.
    } catch (RuntimeException e) {
      events.add(new Event.Garbled("its message cannot be read"));
      kill();
    }
    tellEnd();
  }

  private void take(JsonObject message) {
    if (Messages.kind(message).equals(Messages.ALIVE)) {
      pulse = Messages.pulse(message);
      pulseAt = System.nanoTime();
    } else if (events.size() >= UNREAD) {
      throw new IllegalStateException("it talks too much");
    } else {
      events.add(new Event.Said(message));
    }
  }

  private void tellEnd() {
    try {
      if (!process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        events.add(new Event.Garbled("it closed its output"));
        kill();
      }
      errors.join(LAST_WORDS.toMillis());
      events.add(new Event.Ended(process.waitFor()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does
    }
  }
}
