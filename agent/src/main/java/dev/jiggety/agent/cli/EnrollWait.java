package dev.jiggety.agent.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits until a manager has seen to something. */
final class EnrollWait {
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final Duration UNSAID = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofMillis(100);

  private EnrollWait() {}

  /**
   * Asks until there is an answer.
   *
   * @param done what was done so far, for who waits in vain
   * @param aside where it is said that it takes longer
   */
  static <T> T until(String done, PrintWriter aside, Supplier<Optional<T>> answer) {
    long begun = System.nanoTime();
    long until = begun + LONGEST.toNanos();
    boolean isSaid = false;
    while (true) {
      Optional<T> found = answer.get();
      if (found.isPresent()) {
        return found.get();
      }
      if (!isSaid && System.nanoTime() - begun > UNSAID.toNanos()) {
        isSaid = true;
        aside.printf(
            "%s; waiting up to %d s for a patch manager to answer …%n", done, LONGEST.toSeconds());
        aside.flush();
      }
      if (System.nanoTime() - until >= 0) {
        throw new CliException(
            ExitCode.BAD,
            "%s, but no patch manager has answered within %d s; is one running, and is its account an administrator of the hub? jiggety status says so"
                .formatted(done, LONGEST.toSeconds()));
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CliException(ExitCode.BAD, "interrupted; " + done);
      }
    }
  }
}
