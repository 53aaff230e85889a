package dev.jiggety.agent.bench;

import dev.jiggety.model.Configuration;
import dev.jiggety.model.Head;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.repository.PatchRepository;
import java.time.Duration;

/** What is in force, for edits right after a rollout. */
public final class InForce {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private InForce() {}

  /**
   * What is confirmed, as soon as it is what the head says: the manager writes the documents right
   * after the head. After some seconds, whatever there is.
   */
  public static Configuration of(PatchRepository patches) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Configuration confirmed = patches.inForce();
      boolean isSo =
          patches
              .head()
              .map(Head::digest)
              .map(Digests.of(confirmed)::equals)
              .orElse(confirmed.documents().isEmpty());
      if (isSo || System.nanoTime() > end) {
        return confirmed;
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }
}
