package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.ChartInput.Pane;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How somebody wants to see results. Immutable.
 *
 * @param percentiles bands of percentiles instead of a line for each node
 * @param powers response times by powers of ten
 * @param panes which charts
 * @param shift the earlier time that is compared
 * @param others the ids of tests that are compared
 * @param hidden lines that are not drawn
 */
public record Looks(
    boolean percentiles,
    boolean powers,
    Set<Pane> panes,
    Shift shift,
    List<String> others,
    Set<String> hidden) {
  /** What a first look is. */
  public static final Looks FIRST =
      new Looks(
          false,
          false,
          EnumSet.of(Pane.RESPONSE, Pane.AVAILABILITY),
          Shift.NONE,
          List.of(),
          Set.of());

  public Looks {
    panes = Set.copyOf(panes);
    others = List.copyOf(others);
    hidden = Set.copyOf(hidden);
  }

  public Looks withPercentiles(boolean now) {
    return new Looks(now, powers, panes, shift, others, hidden);
  }

  public Looks withPowers(boolean now) {
    return new Looks(percentiles, now, panes, shift, others, hidden);
  }

  /** With a chart or without it; one chart always stays. */
  public Looks with(Pane pane, boolean shown) {
    EnumSet<Pane> now = EnumSet.copyOf(panes);
    if (shown) {
      now.add(pane);
    } else if (now.size() > 1) {
      now.remove(pane);
    }
    return new Looks(percentiles, powers, now, shift, others, hidden);
  }

  public Looks withShift(Shift now) {
    return new Looks(percentiles, powers, panes, now, others, Set.of());
  }

  public Looks withOthers(List<String> now) {
    return new Looks(percentiles, powers, panes, shift, now, Set.of());
  }

  public Looks withHidden(Set<String> now) {
    return new Looks(percentiles, powers, panes, shift, others, now);
  }

  /** Whether something is drawn over something else. */
  public boolean compares() {
    return shift != Shift.NONE || !others.isEmpty();
  }

  /** Whether lines of single nodes are to be seen. */
  public boolean byNode() {
    return panes.contains(Pane.AVAILABILITY) || !(percentiles || compares());
  }
}
