package dev.jiggety.model.rules.incident;

import dev.jiggety.base.Durations;
import dev.jiggety.model.Degraded.Percentile;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Witness;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.incident.Word.Doubt;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One line for people on each episode. */
final class Texts {
  /** So many nodes tell the story; more would only repeat it. */
  static final int MOST_WITNESSES = 20;

  private Texts() {}

  static Witness witness(Said word) {
    return new Witness(
        word.node(),
        word.verdict(),
        Instant.ofEpochMilli(word.start()),
        word.failure(),
        word.batch());
  }

  /** Like {@code Shop is down on 7 of 10 nodes: no answer within 10s (timeout)}. */
  static String wrong(TestDefinition test, Kind kind, Collection<Voter> voters) {
    if (kind == Kind.FLAPPING) {
      return test.name() + " goes up and down again and again";
    }
    boolean isDown = kind == Kind.DOWN;
    List<Said> against =
        voters.stream()
            .filter(Voter::isAgainst)
            .map(voter -> voter.last)
            .filter(word -> !isDown || word.verdict() == Verdict.DOWN)
            .toList();
    long votes = voters.stream().filter(Voter::votes).count();
    Percentile percentile = test.degraded().percentile();
    if (!isDown && percentile != null && against.size() < test.quorum().needed((int) votes)) {
      return test.name()
          + " is degraded: fewer than "
          + percentile.share()
          + " % of the samples of "
          + Durations.format(percentile.over())
          + " took at most "
          + Durations.format(percentile.limit());
    }
    return test.name()
        + (isDown ? " is down on " : " is degraded on ")
        + against.size()
        + (votes == 1 ? " of 1 node" : " of " + votes + " nodes")
        + cause(against);
  }

  /** Like {@code nobody can tell how Shop is: 3 nodes late, 7 nodes silent}. */
  static String missing(TestDefinition test, Collection<Voter> voters) {
    String why =
        voters.stream()
            .collect(Collectors.groupingBy(Texts::whyNot, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(entry ->
                entry.getValue() + (entry.getValue() == 1 ? " node " : " nodes ") + entry.getKey())
            .collect(Collectors.joining(", "));
    return "nobody can tell how "
        + test.name()
        + " is: "
        + (why.isEmpty() ? "no node has ever run it" : why);
  }

  private static String whyNot(Voter voter) {
    Doubt doubt = voter.last.doubt();
    if (!voter.fresh || voter.votes()) { // whoever votes has ended it by that
      return "silent";
    }
    return doubt == null
        ? "unsure"
        : switch (doubt) {
          case LATE -> "too late";
          case CLOCK -> "with a wrong clock";
          case ISOLATED -> "cut off";
          case OWN -> "with trouble of its own";
        };
  }

  /** What most of them say. */
  private static String cause(List<Said> against) {
    Map<String, Long> causes =
        against.stream()
            .map(Said::failure)
            .filter(Objects::nonNull)
            .collect(Collectors.groupingBy(Texts::cause, TreeMap::new, Collectors.counting()));
    return causes.entrySet().stream()
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(most -> ": " + most.getKey())
        .orElse("");
  }

  private static String cause(Failure failure) {
    return failure.text() + " (" + failure.kind().label() + ")";
  }

  static <T> String list(Collection<T> things, Function<T, String> name) {
    return things.stream().map(name).collect(Collectors.joining(", "));
  }
}
