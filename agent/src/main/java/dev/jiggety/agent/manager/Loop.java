package dev.jiggety.agent.manager;

import java.time.Instant;

/** Where everything of a manager happens, one thing at a time. Can be used from any thread. */
interface Loop {
  /** The time that rollouts go by: the hub's, as well as it is known. */
  Instant now();

  /** Runs it soon, after what was posted before. */
  void post(Runnable task);

  /** Runs it then, or as soon as possible after. */
  Timer at(Instant time, Runnable task);

  /** Runs it when there is nothing else to do, or when that has been so for long. */
  void whenIdle(Runnable task);

  /** Something that is going to be run. */
  interface Timer {
    /** It is not run any more, unless it has begun. */
    void cancel();
  }
}
