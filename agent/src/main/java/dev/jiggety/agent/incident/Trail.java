package dev.jiggety.agent.incident;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Acknowledgement;
import dev.jiggety.model.Incident.Entry;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.IncidentAct;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What people said, taken into an incident; and the bounds of its trail. Pure. */
final class Trail {
  /** So many lines at most: of each half as many. */
  private static final int OF_EACH = 50;

  /** What people say, as it stands in a trail. */
  private static final Set<String> SAID =
      Set.of("acknowledged", "unacknowledged", "comment", "muted");

  private static final Comparator<IncidentAct> ORDER =
      Comparator.comparing(IncidentAct::at).thenComparing(IncidentAct::id);

  private Trail() {}

  /** With one more line. */
  static List<Entry> with(List<Entry> trail, Entry entry) {
    List<Entry> longer = new ArrayList<>(trail);
    longer.add(entry);
    return bounded(longer);
  }

  /**
   * With all that was said; the same again changes nothing.
   *
   * @param acts all that were said of it, in any order
   */
  static Incident heard(Incident incident, Collection<IncidentAct> acts) {
    if (acts.isEmpty()) {
      return incident;
    }
    Set<Entry> there = Set.copyOf(incident.trail());
    List<Entry> trail = new ArrayList<>(incident.trail());
    Acknowledgement acknowledged = incident.acknowledged();
    Suppression muted = null;
    for (IncidentAct act : acts.stream().sorted(ORDER).toList()) {
      Entry entry = new Entry(act.at(), event(act), "operator:" + act.by(), act.text());
      if (!there.contains(entry)) {
        trail.add(entry);
      }
      switch (act.act()) {
        case ACKNOWLEDGE -> acknowledged = new Acknowledgement(act.by(), act.at(), act.text());
        case UNACKNOWLEDGE -> acknowledged = null;
        case MUTE ->
            muted = new Suppression(Suppression.Reason.MUTED, because("muted by " + act.by(), act));
        case COMMENT -> {}
      }
    }
    return with(incident, acknowledged, muted == null ? incident.suppressed() : muted, trail);
  }

  /** Whether somebody muted it. */
  static boolean isMuted(Incident incident) {
    Suppression suppressed = incident.suppressed();
    return suppressed != null && suppressed.reason() == Suppression.Reason.MUTED;
  }

  private static String because(String what, IncidentAct act) {
    return act.text().isEmpty() ? what : what + ": " + act.text();
  }

  private static String event(IncidentAct act) {
    return switch (act.act()) {
      case ACKNOWLEDGE -> "acknowledged";
      case UNACKNOWLEDGE -> "unacknowledged";
      case COMMENT -> "comment";
      case MUTE -> "muted";
    };
  }

  private static Incident with(
      Incident incident,
      @Nullable Acknowledgement acknowledged,
      @Nullable Suppression suppressed,
      List<Entry> trail) {
    return new Incident(
        incident.id(),
        incident.kind(),
        incident.subject(),
        incident.began(),
        incident.detected(),
        incident.ended(),
        incident.resolved(),
        incident.text(),
        incident.witnesses(),
        suppressed,
        acknowledged,
        bounded(trail),
        incident.epoch());
  }

  /**
   * The last lines of people, and of what was decided the first one and the last ones. What falls
   * out is decided by the lines alone, so that taking the same in again gives the same trail.
   */
  private static List<Entry> bounded(List<Entry> trail) {
    List<Entry> sorted = trail.stream().sorted(Comparator.comparing(Entry::at)).toList(); // stable
    List<Entry> said = sorted.stream().filter(it -> SAID.contains(it.event())).toList();
    List<Entry> decided = sorted.stream().filter(it -> !SAID.contains(it.event())).toList();
    if (said.size() <= OF_EACH && decided.size() <= OF_EACH) {
      return sorted;
    }
    Set<Integer> dropped = new TreeSet<>();
    int dropSaid = said.size() - OF_EACH;
    int dropDecided = decided.size() - OF_EACH;
    boolean isFirstDecided = true;
    for (int i = 0; i < sorted.size(); i++) {
      boolean bySomebody = SAID.contains(sorted.get(i).event());
      if (bySomebody && dropSaid-- > 0) {
        dropped.add(i);
      } else if (!bySomebody && isFirstDecided) {
        isFirstDecided = false;
      } else if (!bySomebody && dropDecided-- > 0) {
        dropped.add(i);
      }
    }
    List<Entry> kept = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      if (!dropped.contains(i)) {
        kept.add(sorted.get(i));
      }
    }
    return List.copyOf(kept);
  }
}
