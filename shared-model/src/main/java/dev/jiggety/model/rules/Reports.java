package dev.jiggety.model.rules;

import dev.jiggety.model.Cause;
import dev.jiggety.model.Generation;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.NodeProgress.State;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.Strategy.Thresholds;
import dev.jiggety.model.rules.Shadows.Judgement;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What nodes' reports say about a rollout. What a node runs counts, not what it meant to. */
final class Reports {
  private Reports() {}

  /**
   * Takes reports into account, but those that are old news, or of nodes that do not take part.
   *
   * @return the first thing that cannot be borne at all; null for nothing
   */
  static @Nullable Cause take(Draft draft, List<SlotReport> reports) {
    Rollout rollout = draft.rollout();
    SortedMap<String, NodeProgress> progress = new TreeMap<>(rollout.progress());
    Cause worst = null;
    for (SlotReport report : reports) {
      NodeProgress known = progress.get(report.node());
      if (known == null || known.state() == State.RETIRED || report.number() <= known.report()) {
        continue;
      }
      boolean concerns = holds(rollout, report.standby()) || runs(rollout, report);
      progress.put(report.node(), stateOf(rollout, report, heard(draft, known, report, concerns)));
      if (worst == null && concerns && rollout.state() != RolloutState.ROLLING_BACK) {
        worst = unbearable(rollout, report);
      }
    }
    draft.change(it -> it.progress(progress));
    return worst;
  }

  private static NodeProgress heard(
      Draft draft, NodeProgress known, SlotReport report, boolean concerns) {
    Rollout rollout = draft.rollout();
    int confirmations = rollout.strategy().thresholds().confirmations();
    long judged =
        report.shadow().stream()
            .filter(runs -> Shadows.judge(runs, confirmations).counts())
            .count();
    long doubtful =
        report.shadow().stream().filter(runs -> Shadows.isDoubtful(runs, confirmations)).count();
    boolean isTrying = concerns && report.planned() != SlotReport.NOT_ASKED;
    return new NodeProgress(
        known.state(),
        known.error(),
        report.number(),
        draft.now(),
        isTrying ? report.planned() : known.planned(),
        isTrying ? (int) Math.min(judged, report.planned()) : known.judged(),
        isTrying ? (int) doubtful : known.doubtful());
  }

  private static NodeProgress stateOf(Rollout rollout, SlotReport report, NodeProgress heard) {
    if (rollout.state() == RolloutState.ROLLING_BACK) {
      return isBack(rollout, report)
          ? heard.in(State.REVERTED, null)
          : holds(rollout, report.standby()) && heard.state() == State.PENDING
              ? heard.in(State.STAGED, null)
              : heard;
    }
    if (runs(rollout, report)) {
      return swapped(rollout, report, heard);
    }
    if (heard.state() == State.SWAPPED) {
      return heard.in(State.FAILED, text(report, "went back by itself"));
    }
    Generation standby = report.standby();
    if (standby == null || !holds(rollout, standby)) {
      return heard;
    }
    if (report.stage() == SlotReport.Stage.FAILED) {
      return heard.in(State.FAILED, text(report, "cannot get the candidate ready"));
    }
    if (!standby.digest().equals(rollout.digest())) {
      return heard; // of an earlier try of this rollout; the node has not seen the head yet
    }
    if (isWorse(report.health(), rollout.strategy().thresholds().lateness())) {
      return heard.in(State.FAILED, late(report));
    }
    return switch (report.stage()) {
      case READY -> heard.in(isUnaware(rollout, report) ? State.STAGED : State.READY, null);
      case STAGED -> heard.in(State.STAGED, null);
      case NONE, FAILED -> heard;
    };
  }

  /** A canary by this rollout that does not know it yet: it follows an earlier head. */
  private static boolean isUnaware(Rollout rollout, SlotReport report) {
    return report.planned() == SlotReport.NOT_ASKED && rollout.canaries().contains(report.node());
  }

  private static NodeProgress swapped(Rollout rollout, SlotReport report, NodeProgress heard) {
    if (!report.running().digest().equals(rollout.digest())) {
      return heard.in(State.FAILED, "runs another digest than the candidate's");
    }
    return isWorse(report.health(), rollout.strategy().thresholds().lateness())
        ? heard.in(State.FAILED, late(report))
        : heard.in(State.SWAPPED, null);
  }

  private static boolean holds(Rollout rollout, @Nullable Generation slot) {
    return slot != null && slot.ride().equals(rollout.id());
  }

  /** Whether the active slot is of this rollout, be it right or wrong. */
  private static boolean runs(Rollout rollout, SlotReport report) {
    return report.running().ride().equals(rollout.id());
  }

  /** Whether it runs what the head says after turning back, and holds nothing of the candidate. */
  private static boolean isBack(Rollout rollout, SlotReport report) {
    return rollout.writing() == null
        && report.running().release() >= rollout.release()
        && report.running().digest().equals(rollout.base())
        && !holds(rollout, report.standby());
  }

  private static @Nullable Cause unbearable(Rollout rollout, SlotReport report) {
    SortedSet<String> node = new TreeSet<>(List.of(report.node()));
    if (!report.health().alive() || report.health().crashes() > 0) {
      return new Cause.NodesFailed(node, text(report, "the executor crashed"));
    }
    Thresholds thresholds = rollout.strategy().thresholds();
    SortedSet<String> atFault =
        report.shadow().stream()
            .filter(runs -> Shadows.judge(runs, thresholds.confirmations()) == Judgement.AT_FAULT)
            .map(Shadow::testId)
            .collect(Collectors.toCollection(TreeSet::new));
    return atFault.isEmpty() ? null : new Cause.AtFault(atFault, report.node());
  }

  /** Late beyond the limit, and not merely as it was before. */
  private static boolean isWorse(SlotReport.Health health, Duration limit) {
    Duration lateness = health.lateness();
    Duration before = health.latenessBefore();
    return lateness != null
        && lateness.compareTo(limit) > 0
        && (before == null || lateness.compareTo(before.multipliedBy(2)) > 0);
  }

  private static String late(SlotReport report) {
    Duration lateness = report.health().lateness();
    return "starts runs late: p99 "
        + (lateness == null ? "not known" : lateness.toMillis() + " ms");
  }

  private static String text(SlotReport report, String otherwise) {
    return report.error() == null ? otherwise : report.error();
  }
}
