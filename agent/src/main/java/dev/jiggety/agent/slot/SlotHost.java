package dev.jiggety.agent.slot;

import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.Generation;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The node around its slots. Except for {@link #run} and {@link #health}, one call at a time, and
 * quick.
 */
public interface SlotHost {

  /** Whether this node runs that test. */
  boolean isOurs(TestDefinition test);

  /**
   * What this node lacks to run one of its tests, a line each: a secret, a probe, what a browser
   * needs; empty when nothing. Asked before a candidate is called ready.
   */
  default List<String> lacks(TestDefinition test) {
    return List.of();
  }

  /**
   * Gets ready what a candidate wants to be run as the node's program.
   *
   * @param choice null for the installed program
   * @param done hears once, on any thread and maybe much later, what is wrong; null for nothing
   */
  default void stage(@Nullable AgentChoice choice, Consumer<@Nullable String> done) {
    done.accept(null);
  }

  /**
   * Whether what is lacking may come within a moment: then it is asked again, for three seconds at
   * most.
   */
  default boolean isComing() {
    return false;
  }

  /** Puts these tests into force in the place of all others, in one step. */
  void swap(TestSet tests);

  /** Report soon, at a time by chance within that; zero for at once. */
  void report(Duration within);

  /**
   * Get the confirmed documents from the hub at a time by chance within that, and tell them by
   * {@link SlotKeeper#confirmed}.
   */
  void pull(Duration within);

  /** Something new came into a slot: how the executor fared until now is how it was before. */
  void watch(Generation candidate);

  /** How the executor fares since then; crashes are counted elsewhere. From any thread. */
  Health health();

  /**
   * Runs a test once, waits for the end, and keeps nothing of it. From many threads.
   *
   * @throws RuntimeException or an error when the executor crashed over it
   */
  Verdict run(TestDefinition test) throws InterruptedException;

  /** How long {@link #run}, under way for this test, has waited until it could measure. */
  default Duration waited(TestDefinition test) {
    return Duration.ZERO;
  }
}
