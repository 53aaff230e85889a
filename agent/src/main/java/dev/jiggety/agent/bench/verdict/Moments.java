package dev.jiggety.agent.bench.verdict;

import static dev.jiggety.agent.bench.verdict.World.INTERVAL;
import static dev.jiggety.agent.bench.verdict.World.MINUTE;
import static dev.jiggety.agent.bench.verdict.World.SECOND;

import dev.jiggety.agent.bench.verdict.World.Detour;
import dev.jiggety.agent.bench.verdict.World.Kind;
import dev.jiggety.agent.bench.verdict.World.Outage;
import dev.jiggety.agent.bench.verdict.World.Trouble;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The times of a test in which anything can happen. Every sample of every run is drawn, but where
 * fewer than two runs fail within {@link #NEAR} of one another the verdict cannot change, since one
 * failing run is never enough; these times are left out. A test of this class judges all of a small
 * world and finds the same.
 */
final class Moments {
  /** Longer than any word counts. */
  private static final long NEAR = 10 * MINUTE;

  private static final long BEFORE = 6 * MINUTE;
  private static final long AFTER = 8 * MINUTE;

  private final World world;
  private final Reports reports;
  private long drawn;

  /** A span of the world's time. */
  record Span(long from, long to) {}

  Moments(World world, Reports reports) {
    this.world = world;
    this.reports = reports;
  }

  /** How many runs were drawn so far. */
  long drawn() {
    return drawn;
  }

  /** In order, without overlap. */
  List<Span> of(int test, long[] phases) {
    List<Span> spans = new ArrayList<>();
    for (Outage outage : world.outages(test)) {
      spans.add(new Span(outage.from() - BEFORE, outage.to() + AFTER));
    }
    for (Detour detour : world.detours()) {
      if (test % detour.every() == detour.remainder()) {
        spans.add(new Span(detour.from() - BEFORE, detour.to() + AFTER));
      }
    }
    List<Long> failures = failures(test, phases);
    for (int i = 1; i < failures.size(); i++) {
      if (failures.get(i) - failures.get(i - 1) <= NEAR) {
        spans.add(new Span(failures.get(i - 1) - BEFORE, failures.get(i) + AFTER));
      }
    }
    return merged(spans);
  }

  private List<Long> failures(int test, long[] phases) {
    List<Long> failures = new ArrayList<>();
    long slots = world.end() / INTERVAL;
    for (int node = 0; node < phases.length; node++) {
      for (long slot = 0; slot < slots; slot++) {
        if (reports.failsByItself(test, node, slot)) {
          failures.add(slot * INTERVAL + phases[node]);
        }
      }
      drawn += slots;
      for (Trouble trouble : world.troubles(node)) {
        if (trouble.kind() == Kind.ISOLATED) {
          whenItEnds(test, node, phases[node], trouble.to(), failures);
        }
      }
    }
    failures.sort(Comparator.naturalOrder());
    return failures;
  }

  /** A measurement that the end of a cut has reached looks like the site's fault. */
  private void whenItEnds(int test, int node, long phase, long end, List<Long> failures) {
    for (long slot = (end - phase) / INTERVAL - 2; slot * INTERVAL + phase < end; slot++) {
      boolean near = slot >= 0 && end - (slot * INTERVAL + phase) < 90 * SECOND;
      if (near && reports.retryFailsByItself(test, node, slot)) {
        failures.add(slot * INTERVAL + phase);
      }
    }
  }

  private List<Span> merged(List<Span> spans) {
    spans.sort(Comparator.comparingLong(Span::from));
    List<Span> merged = new ArrayList<>();
    for (Span span : spans) {
      Span last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && span.from <= last.to) {
        merged.set(merged.size() - 1, new Span(last.from, Math.max(last.to, span.to)));
      } else {
        merged.add(new Span(Math.max(0, span.from), span.to));
      }
    }
    return merged;
  }
}
