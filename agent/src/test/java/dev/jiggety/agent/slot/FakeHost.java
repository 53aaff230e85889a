package dev.jiggety.agent.slot;

import dev.jiggety.model.Generation;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A node that only notes what its slots ask of it. */
final class FakeHost implements SlotHost {
  final List<TestSet> swaps = new CopyOnWriteArrayList<>();
  final List<Duration> reports = new CopyOnWriteArrayList<>();
  final List<Duration> pulls = new CopyOnWriteArrayList<>();
  volatile Function<TestDefinition, Verdict> site = _ -> Verdict.UP;

  volatile List<String> lacks = List.of();
  volatile boolean isComing;

  @Override
  public List<String> lacks(TestDefinition test) {
    return lacks;
  }

  @Override
  public boolean isComing() {
    return isComing;
  }

  @Override
  public boolean isOurs(TestDefinition test) {
    return true;
  }

  @Override
  public void swap(TestSet tests) {
    swaps.add(tests);
  }

  @Override
  public void report(Duration within) {
    reports.add(within);
  }

  @Override
  public void pull(Duration within) {
    pulls.add(within);
  }

  @Override
  public void watch(Generation candidate) {}

  @Override
  public Health health() {
    return Health.GOOD;
  }

  @Override
  public Verdict run(TestDefinition test) {
    return site.apply(test);
  }

  /** The paths that run now. */
  List<String> running() {
    List<String> running = new ArrayList<>();
    if (!swaps.isEmpty()) {
      swaps.getLast().tests().values().forEach(test -> running.add(test.toString()));
    }
    return running;
  }
}
