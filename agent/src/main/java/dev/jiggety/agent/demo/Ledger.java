package dev.jiggety.agent.demo;

import dev.jiggety.base.Quantiles;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Run;
import dev.jiggety.model.RunKey;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the nodes say that they ran, kept apart from how it travels, and compared at the end with
 * what the hub has: nothing lost, nothing doubled. Thread-safe.
 */
final class Ledger {
  private final Set<RunKey> ran = new HashSet<>();
  private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
  private final Map<RunKey, Integer> onHub = new HashMap<>();
  private long[] latenessNanos = new long[1024];

  /** A node finished a run. */
  synchronized void finished(Run run) {
    if (ran.size() == latenessNanos.length) {
      latenessNanos = Arrays.copyOf(latenessNanos, 2 * latenessNanos.length);
    }
    if (ran.add(run.key())) {
      latenessNanos[ran.size() - 1] = run.lateness().toNanos();
      verdicts.merge(run.verdict(), 1, Integer::sum);
    }
  }

  /** The hub has a batch. */
  synchronized void found(Batch batch) {
    batch.runs().forEach(run -> onHub.merge(run.key(), 1, Integer::sum));
  }

  /** How many runs the nodes finished. */
  synchronized int runs() {
    return ran.size();
  }

  /** How many different runs the hub has. */
  synchronized int resultsOnHub() {
    return onHub.size();
  }

  /** Runs that the nodes finished and the hub does not have. */
  synchronized int lost() {
    return (int) ran.stream().filter(run -> !onHub.containsKey(run)).count();
  }

  /** Runs that the hub has more than once. */
  synchronized int doubled() {
    return (int) onHub.values().stream().filter(times -> times > 1).count();
  }

  /** How many runs ended with a verdict. */
  synchronized int verdicts(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0);
  }

  /** Start lateness that a share of the runs did not exceed; zero before the first. */
  synchronized Duration lateness(double share) {
    return Duration.ofNanos(new Quantiles(Arrays.copyOf(latenessNanos, ran.size())).at(share));
  }
}
