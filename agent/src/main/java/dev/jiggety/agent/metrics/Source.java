package dev.jiggety.agent.metrics;

/** Somebody who has figures. Asked with each scrape, by one thread at a time or several. */
@FunctionalInterface
public interface Source {
  /** Puts its figures of this moment on the board. */
  void fill(Board board);
}
