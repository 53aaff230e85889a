package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TrialRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How requests to try a test have to be, and how much of a run is answered. */
public final class TrialRules {
  /** What an id may be. */
  public static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /** A request is good for no longer. */
  public static final Duration LONGEST = Duration.ofMinutes(5);

  /** How long one is good for unless somebody says otherwise. */
  public static final Duration USUAL = Duration.ofMinutes(1);

  /** In characters of JSON: a test with the longest script fits. */
  public static final int LARGEST = 200_000;

  /** As many are passed on within a minute: each wakes every node. */
  public static final int PER_MINUTE = 10;

  /** As many are shown to nodes at a time, the newest. */
  public static final int AT_ONCE = 8;

  /** As many nodes can be named. */
  public static final int MOST_NODES = 200;

  /** As many samples a trial makes, whatever the test says. */
  public static final int MOST_SAMPLES = 5;

  /** A run is cut off after that. */
  public static final Duration LONGEST_RUN = Duration.ofMinutes(3);

  /** In characters of JSON without pictures; a longer answer is cut to its times. */
  public static final int LARGEST_ANSWER = 200_000;

  /** How long requests and answers stay on the hub. */
  public static final Duration KEPT = Duration.ofMinutes(30);

  private TrialRules() {}

  /** What is wrong with a request, a line each; the test's own faults among them. */
  public static List<Problem> problems(TrialRequest request) {
    List<Problem> problems = new ArrayList<>();
    if (!ID.matcher(request.id()).matches()) {
      problems.add(new Problem("id", "must be lower-case letters, digits and hyphens, at most 64"));
    }
    if (request.nodes().size() > MOST_NODES) {
      problems.add(new Problem("nodes", "names more than " + MOST_NODES + " nodes"));
    }
    if (!request.expires().isAfter(request.created())) {
      problems.add(new Problem("expires", "must be after \"created\""));
    }
    problems.addAll(TestRules.problems(request.test()));
    return problems;
  }

  /** Whether it would be good for longer than any may be. */
  public static boolean isTooLong(TrialRequest request) {
    return Duration.between(request.created(), request.expires()).compareTo(LONGEST) > 0;
  }

  /** The run with its times and failures alone. */
  public static Run timesAlone(Run run) {
    return new Run(
        run.testId(),
        run.node(),
        run.plannedAt(),
        run.lateness(),
        run.samples().stream().map(TrialRules::timesAlone).toList(),
        run.retried().stream().map(TrialRules::timesAlone).toList(),
        run.verdict());
  }

  private static Sample timesAlone(Sample sample) {
    return new Sample(
        sample.startedAt(),
        sample.total(),
        sample.phases(),
        sample.status(),
        sample.bytes(),
        List.of(),
        sample.failure(),
        sample.hiccup());
  }
}
