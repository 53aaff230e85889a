package dev.jiggety.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Ports where nobody listens: for a server that starts later, starts again at the same place, or
 * never. A port that was just given back does not serve for that: the system may hand it to the
 * next connection of anybody, so these lie below the range from which it does (Linux: {@code
 * net.ipv4.ip_local_port_range}, from 32768). Safe for all threads.
 */
public final class Ports {
  private static final int FIRST = 15_000;
  private static final int COUNT = 17_000;

  /** Each JVM begins elsewhere, so that two that test at once do not meet. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(RandomGenerator.getDefault().nextInt(COUNT));

  private Ports() {}

  /** Another port of this machine at each call, at which nobody listens now. */
  public static int free() {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try (ServerSocket everywhere = new ServerSocket(port)) {
        return everywhere.getLocalPort();
      } catch (IOException taken) {
        // the next one
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " on");
  }
}
