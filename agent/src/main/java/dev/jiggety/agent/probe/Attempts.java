package dev.jiggety.agent.probe;

import dev.jiggety.model.Retries;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * The measurements of one run: which count, which were tried again, and whether there is more to
 * do. Each repetition that the test asks for has its own retries.
 */
final class Attempts {
  private final int wanted;
  private final Retries retries;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Sample> retried = new ArrayList<>();
  private int used;

  Attempts(TestDefinition test) {
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
    if (!sample.passed() && used < retries.count()) {
      used++;
      retried.add(sample);
      return Step.RETRY;
    }
    used = 0;
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
