package dev.jiggety.agent.worker;

import com.google.gson.JsonObject;
import dev.jiggety.agent.browser.BrowserEngine;
import dev.jiggety.agent.probe.HiccupMeter;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.Probes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The child's side of a worker: measures one request after the other on the main thread, tells that
 * it is alive while it does, and ends, with all that it started, when the agent is gone.
 */
final class Child {
  private static final Duration PULSE = Duration.ofMillis(250);
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final InputStream in;
  private final OutputStream out;
  private final WorkerFolder folder;
  private final long agent;
  private final ProcessTree tree;
  private final HiccupMeter meter = new HiccupMeter();
  private final BlockingQueue<JsonObject> orders = new LinkedBlockingQueue<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition begins = lock.newCondition();
  private volatile boolean measuring;

  Child(InputStream in, OutputStream out, WorkerFolder folder, long agent) {
    this.in = in;
    this.out = out;
    this.folder = folder;
    this.agent = agent;
    this.tree = folder.tree(ProcessHandle.current().pid());
  }

  /** Does not come back. */
  void run() {
    Thread.ofPlatform().daemon().name("worker-orders").start(this::listen);
    Thread.ofPlatform().daemon().name("worker-pulse").start(this::beat);
    try {
      while (true) {
        JsonObject order = orders.take();
        switch (Messages.kind(order)) {
          case Messages.SETTINGS -> begin(order);
          case Messages.MEASURE -> measure(order);
          case Messages.EXAMINE -> send(Messages.engines(engines()));
          default -> throw new IllegalStateException("an order of another version");
        }
      }
    } catch (InterruptedException | RuntimeException e) {
      e.printStackTrace(); // to the agent's log
      end(1);
    }
  }

  private void begin(JsonObject settings) {
    Messages.properties(settings).forEach(System::setProperty);
    Probes.load();
    collecting(); // what it loads should not come in the middle of a measurement
    Practice.run();
    send(Messages.ready(false));
  }

  private void measure(JsonObject order) {
    send(answer(Messages.request(order)));
    tree.killOffspring(); // a browser that its engine lost, or what a page made it start
    folder.empty();
    send(Messages.ready(isWorn()));
  }

  private JsonObject answer(Probe.Request request) {
    Optional<Probe> probe = Probes.find(request.check().kind());
    if (probe.isEmpty()) {
      throw new IllegalStateException("no probe for " + request.check().kind());
    }
    measuring(true);
    try {
      return Messages.sample(meter.measured(() -> probe.get().measure(request)));
    } catch (OutOfMemoryError e) {
      // Such as the JVM does not end itself for; that no thread is left is the machine's doing.
      return String.valueOf(e.getMessage()).contains("native thread")
          ? Messages.broke(e)
          : Messages.of(Messages.NO_MEMORY);
    } catch (RuntimeException | Error e) {
      System.err.println("the probe threw " + e.getClass().getName()); // its words may be secret
      for (StackTraceElement line : e.getStackTrace()) {
        System.err.println("  at " + line);
      }
      return Messages.broke(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Messages.broke(e); // nobody interrupts a worker: it is killed
    } finally {
      measuring(false);
    }
  }

  /** Much of the memory is in use even after all garbage is collected. */
  private static boolean isWorn() {
    Runtime runtime = Runtime.getRuntime();
    long much = runtime.maxMemory() / 2;
    if (used(runtime) < much) {
      return false;
    }
    System.gc();
    return used(runtime) >= much;
  }

  private static long used(Runtime runtime) {
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static Map<String, String> engines() {
    Map<String, String> engines = new TreeMap<>();
    for (BrowserEngine engine : ServiceLoader.load(BrowserEngine.class)) {
      engines.put(engine.engine().label(), engine.missing().orElse(""));
    }
    return engines;
  }

  private void send(JsonObject message) {
    writing.lock();
    try {
      Frames.write(out, message);
    } catch (Frames.BrokenFrameException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      end(0); // the agent does not hear us any more
    } finally {
      writing.unlock();
    }
  }

  private void listen() {
    try {
      JsonObject order = Frames.read(in);
      while (order != null) {
        orders.add(order);
        order = Frames.read(in);
      }
    } catch (IOException e) {
      System.err.println("the orders broke off: " + e.getMessage()); // whoever gave them is gone
    }
    end(0);
  }

  private void measuring(boolean now) {
    lock.lock();
    try {
      measuring = now;
      begins.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells how it fares while it measures, and looks after the agent always. By how much too late it
   * wakes is how long all of the process stood still.
   */
  private void beat() {
    try {
      long still = 0;
      while (isChild()) {
        boolean wasMeasuring = measuring;
        long due = System.nanoTime() + (wasMeasuring ? PULSE : LOOK).toNanos();
        await(due, wasMeasuring);
        still = wasMeasuring ? still + Math.max(0, System.nanoTime() - due) : 0;
        if (measuring) {
          send(
              Messages.alive(
                  new Messages.Pulse(
                      Duration.ofNanos(still), collecting(), used(Runtime.getRuntime()))));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(0);
  }

  /** Waits until then, or until a measurement begins or ends. */
  private void await(long due, boolean wasMeasuring) throws InterruptedException {
    lock.lock();
    try {
      long left = due - System.nanoTime();
      while (left > 0 && measuring == wasMeasuring) {
        left = begins.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isChild() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L) == agent;
  }

  private static Duration collecting() {
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      millis += Math.max(0, collector.getCollectionTime());
    }
    return Duration.ofMillis(millis);
  }

  /** Leaves nothing behind, and runs nobody's last wishes. */
  private void end(int status) {
    tree.killOffspring();
    folder.deleteWithParent();
    Runtime.getRuntime().halt(status);
  }
}
