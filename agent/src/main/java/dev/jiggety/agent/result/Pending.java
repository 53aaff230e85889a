package dev.jiggety.agent.result;

import dev.jiggety.document.DatabaseNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What waits in memory to be written down, bounded: beyond the limit the oldest entry is given up,
 * and its slots are told as missed later. For one thread at a time.
 */
final class Pending {
  private final DatabaseNames names;
  private final int most;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Given given = new Given();
  private final TreeSet<String> forgotten = new TreeSet<>();
  private Set<String> forgottenInHand = Set.of();
  private List<Entry> inHand = List.of();
  private List<Entry> givenInHand = List.of();
  private Optional<Integer> era = Optional.empty();
  private long runs;
  private long lostRuns;

  Pending(DatabaseNames names, int most) {
    this.names = names;
    this.most = most;
  }

  /** One durable step. */
  record Step(List<Entry> entries, Optional<Integer> era, Collection<String> forgotten) {}

  /** Whether one more would push out the oldest. */
  boolean isFull() {
    return entries.size() + inHand.size() >= most;
  }

  void add(Entry entry) {
    forgotten.remove(entry.testId()); // it is back
    entries.add(entry);
    runs += entry.isRun() ? 1 : 0;
    if (entries.size() + inHand.size() > most) {
      Entry oldest = entries.remove();
      if (oldest.isRun()) {
        runs--;
        lostRuns++;
      }
      given.up(oldest, names.live(oldest.at()));
    }
  }

  void era(int number) {
    era = Optional.of(number);
  }

  void forget(Collection<String> testIds) {
    forgotten.addAll(testIds);
  }

  boolean isEmpty() {
    return entries.isEmpty()
        && inHand.isEmpty()
        && givenInHand.isEmpty()
        && era.isEmpty()
        && forgotten.isEmpty()
        && forgottenInHand.isEmpty()
        && given.isEmpty();
  }

  /** Runs in memory. */
  long runs() {
    return runs;
  }

  /** Runs that were given up. */
  long lostRuns() {
    return lostRuns;
  }

  /** What to write next: what was taken and not {@link #done} yet comes again. */
  Step take(int mostAtOnce) {
    if (inHand.isEmpty() && givenInHand.isEmpty() && forgottenInHand.isEmpty()) {
      givenInHand = given.entries();
      given.clear();
      List<Entry> next = new ArrayList<>();
      while (!entries.isEmpty() && next.size() < mostAtOnce) {
        next.add(entries.remove());
      }
      inHand = next;
      if (entries.isEmpty()) { // not before what was added earlier, which would bring them back
        forgottenInHand = Set.copyOf(forgotten);
        forgotten.clear();
      }
    }
    List<Entry> all = new ArrayList<>(givenInHand);
    all.addAll(inHand);
    return new Step(all, era, forgottenInHand);
  }

  /** The step is durable. */
  void done(Step step) {
    runs -= inHand.stream().filter(Entry::isRun).count();
    inHand = List.of();
    givenInHand = List.of();
    forgottenInHand = Set.of();
    if (era.equals(step.era())) {
      era = Optional.empty();
    }
  }
}
