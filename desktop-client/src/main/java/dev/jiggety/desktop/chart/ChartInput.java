package dev.jiggety.desktop.chart;

import java.util.List;
import java.util.Set;

/**
 * All that charts show, whatever span is looked at. Immutable.
 *
 * @param subjects the first one is the one that all charts are about; with more than one their
 *     medians and 95th percentiles are drawn over each other
 * @param percentiles whether bands of percentiles are drawn instead of a line for each node
 * @param powers whether response times are drawn on a scale by powers of ten
 * @param panes which charts, in the order of {@link Pane}
 * @param annotations what happened
 * @param limit where a line is drawn across the response times, in milliseconds; 0 for nowhere
 * @param gap the silence in milliseconds after which a line of samples is broken
 * @param hidden the names of lines that are not drawn
 */
public record ChartInput(
    List<Subject> subjects,
    boolean percentiles,
    boolean powers,
    Set<Pane> panes,
    List<Annotation> annotations,
    double limit,
    long gap,
    Set<String> hidden) {
  /** Nothing. */
  public static final ChartInput NOTHING =
      new ChartInput(
          List.of(), false, false, Set.of(Pane.RESPONSE), List.of(), 0, Long.MAX_VALUE, Set.of());

  public ChartInput {
    subjects = List.copyOf(subjects);
    panes = Set.copyOf(panes);
    annotations = List.copyOf(annotations);
    hidden = Set.copyOf(hidden);
  }

  /** A chart. All of them share one axis of time. */
  public enum Pane {
    RESPONSE,
    PHASES,
    HEATMAP,
    AVAILABILITY
  }

  /**
   * What is drawn: a test, or the same test at another time.
   *
   * @param name for people
   * @param shift how much later than it was it is drawn, in milliseconds
   * @param lines one for each node, or one for all together
   */
  public record Subject(String name, long shift, List<LineData> lines) {
    public Subject {
      lines = List.copyOf(lines);
    }
  }

  /** Whether several things are drawn over each other. */
  public boolean compares() {
    return subjects.size() > 1;
  }

  /** Whether there is nothing to draw. */
  public boolean isEmpty() {
    return subjects.stream().allMatch(subject -> subject.lines().isEmpty());
  }

  /** The names of what can be shown and hidden, in the order of their colours. */
  public List<String> names() {
    if (compares()) {
      return subjects.stream().map(Subject::name).toList();
    }
    return isEmpty()
        ? List.of()
        : subjects.getFirst().lines().stream().map(LineData::name).toList();
  }
}
