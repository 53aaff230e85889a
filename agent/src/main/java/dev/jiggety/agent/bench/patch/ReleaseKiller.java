package dev.jiggety.agent.bench.patch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Kills the agents of nodes with SIGKILL, each once, each at another step of a release: as a power
 * cut would, but that the boot script lives on.
 */
final class ReleaseKiller implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(5);

  private final List<Victim> left;
  private final Set<String> done = new TreeSet<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("killer").unstarted(this::loop);
  private final int nodes;
  private volatile boolean closed;

  /** When. */
  private enum Step {
    FETCHING("download"),
    UNPACKING("unpacked"),
    TRYING("trial"),
    SWAPPING(""),
    STARTING("");

    private final String file;

    Step(String file) {
      this.file = file;
    }
  }

  private record Victim(
      String name,
      Path releases,
      String pointer,
      Step step,
      Supplier<Stream<ProcessHandle>> agents) {}

  /**
   * Begins.
   *
   * @param nodes the data folders by the nodes' names
   * @param agents the processes of the agent that runs for a node
   */
  ReleaseKiller(Map<String, Path> nodes, Function<String, Stream<ProcessHandle>> agents)
      throws IOException {
    this.nodes = nodes.size();
    left = new ArrayList<>();
    int number = 0;
    for (var node : nodes.entrySet()) {
      Path releases = node.getValue().resolve("releases");
      Step step = Step.values()[number++ % Step.values().length];
      left.add(
          new Victim(
              node.getKey(), releases, pointer(releases), step, () -> agents.apply(node.getKey())));
    }
    thread.start();
  }

  /** At how many steps nobody was killed so far, of those for which there are nodes. */
  int left() {
    synchronized (done) {
      return Math.min(nodes, Step.values().length) - done.size();
    }
  }

  private void loop() {
    try {
      while (!closed && !left.isEmpty()) {
        left.removeIf(this::killWhenDue);
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean killWhenDue(Victim victim) {
    boolean isDue =
        switch (victim.step()) {
          case FETCHING, UNPACKING, TRYING ->
              Files.exists(victim.releases().resolve(victim.step().file));
          case SWAPPING -> !pointer(victim.releases()).equals(victim.pointer());
          case STARTING ->
              !pointer(victim.releases()).equals(victim.pointer())
                  && !Files.exists(victim.releases().resolve("ready"));
        };
    if (!isDue) {
      return false;
    }
    victim.agents().get().forEach(ProcessHandle::destroyForcibly);
    synchronized (done) {
      done.add(victim.step().name());
    }
    return true;
  }

  private static String pointer(Path releases) {
    try {
      return Files.exists(releases.resolve("pointer"))
          ? Files.readString(releases.resolve("pointer"))
          : "";
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
