package dev.jiggety.agent.probe.script;

import dev.jiggety.model.Failure;
import dev.jiggety.model.Hop;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Step;
import dev.jiggety.twill.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a run: each line is one, or all lines that follow a {@code step}. A step begins
 * where the one before ended, so that no time is lost between them.
 */
final class StepLog {
  /** What a run keeps of its requests; a script that makes more is still timed as a whole. */
  private static final int MOST_HOPS = 100;

  private final long start;
  private final Output output;
  private final List<Step> steps = new ArrayList<>();
  private final List<Hop> hops = new ArrayList<>();
  private Phases all = Phases.NONE;
  private @Nullable Open open;

  private static final class Open {
    private final String name;
    private final int line;
    private final long from;
    private Phases phases = Phases.NONE;

    private Open(String name, int line, long from) {
      this.name = name;
      this.line = line;
      this.from = from;
    }
  }

  StepLog(long start, Output output) {
    this.start = start;
    this.output = output;
  }

  /** A named step begins, and with it the one before ends. */
  void begin(String name, Line line, long now) {
    close(now, null);
    open = new Open(name, line.number(), now);
  }

  /** A line ran. */
  void ran(Line line, long from, long now, List<Hop> exchanges, @Nullable Failure failure) {
    Open step = open == null ? new Open(line.text(), line.number(), from) : open;
    for (Hop hop : exchanges) {
      step.phases = step.phases.plus(hop.phases());
      all = all.plus(hop.phases());
      if (hops.size() < MOST_HOPS) {
        hops.add(hop);
      }
    }
    if (open == null || failure != null) {
      open = null;
      add(step, now, failure);
    }
  }

  /** The step that is under way ends. */
  void close(long now, @Nullable Failure failure) {
    if (open != null) {
      add(open, now, failure);
      open = null;
    }
  }

  List<Step> steps() {
    return steps;
  }

  List<Hop> hops() {
    return hops;
  }

  Phases phases() {
    return all;
  }

  private void add(Open step, long now, @Nullable Failure failure) {
    steps.add(
        new Step(
            step.name,
            step.line,
            Duration.ofNanos(step.from - start),
            Duration.ofNanos(now - step.from),
            step.phases,
            failure,
            output.take()));
  }
}
