package dev.jiggety.agent.queue;

/**
 * Netty keeps buffers for servers with thousands of connections: some 17 MB that a line of a few
 * patches an hour never fills. What somebody has set by {@code -D} stays.
 */
final class Footprint {
  private Footprint() {}

  /** To be called before the first class of Netty is loaded; later it does nothing. */
  static void small() {
    set("io.netty.allocator.numHeapArenas", "1");
    set("io.netty.allocator.numDirectArenas", "1");
    set("io.netty.allocator.maxOrder", "3"); // pieces of 64 kB
  }

  private static void set(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
