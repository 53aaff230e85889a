package dev.jiggety.agent.probe;

import dev.jiggety.model.Degraded;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Hiccups;
import java.util.ArrayList;
import java.util.List;

/**
 * The measurements of one run: which count, which were tried again, and whether there is more to
 * do. Each repetition that the test asks for has its own retries. What the node's own standstill
 * may have turned against the site is measured once more, at once, and that is no retry.
 */
final class Attempts {
  private final int wanted;
  private final Retries retries;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Sample> retried = new ArrayList<>();
  private final Degraded limits;
  private int used;
  private boolean again;

  Attempts(TestDefinition test) {
    limits = test.degraded();
    wanted = test.samples();
    retries = test.retries();
  }

  /** What comes next. */
  enum Step {
    MEASURE,
    /** Measure after the delay between retries. */
    RETRY,
    DONE
  }

  /** Takes a measurement. */
  Step add(Sample sample) {
    if (!again && Hiccups.callForAnother(sample, limits)) {
      again = true; // once: on a node that always stands still something has to count
      retried.add(sample);
      return Step.MEASURE;
    }
    if (!sample.passed() && used < retries.count()) {
      used++;
      retried.add(sample);
      return Step.RETRY;
    }
    used = 0;
    again = false;
    samples.add(sample);
    return samples.size() < wanted ? Step.MEASURE : Step.DONE;
  }

  List<Sample> samples() {
    return samples;
  }

  List<Sample> retried() {
    return retried;
  }
}
