package dev.jiggety.agent.bench.couch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The databases that a benchmark makes on servers. They have names of their own and are dropped at
 * the end. Safe for any thread, for the end may come by a signal.
 */
public final class BenchDatabases implements AutoCloseable {
  /** Begins the name of each. */
  public static final String PREFIX = "jiggety-bench-couch-";

  private final String run = Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 24));
  private final List<Made> made = new ArrayList<>();

  private record Made(Server server, String name) {}

  /** Makes an empty one; returns its name. */
  synchronized String create(Server server, String purpose)
      throws IOException, NotMeasuredException {
    String name = PREFIX + run + "-" + made.size() + "-" + purpose;
    made.add(new Made(server, name));
    // One shard, where there is a choice: what is written here is listened to.
    server.ask(201, "PUT", "/" + name + "?q=1", new byte[0]);
    return name;
  }

  /** Makes one with documents 0 to {@code documents} - 1 in it; returns its name. */
  String fill(Server server, String purpose, int documents)
      throws IOException, NotMeasuredException {
    String name = create(server, purpose);
    try (Wire wire = new Wire(server.address())) {
      for (int n = 0; n < documents; n += 1_000) {
        byte[] batch = Samples.batch(n, Math.min(1_000, documents - n));
        wire.send("POST", "/" + name + "/_bulk_docs", batch).require(201);
      }
    }
    return name;
  }

  /** Drops them all; one that cannot be dropped does not keep the others. */
  @Override
  public synchronized void close() {
    for (Made each : made) {
      try {
        each.server().ask("DELETE", "/" + each.name(), null);
      } catch (IOException e) {
        // The server has gone: a child of ours is told to stop by the same Ctrl-C.
      }
    }
    made.clear();
  }
}
