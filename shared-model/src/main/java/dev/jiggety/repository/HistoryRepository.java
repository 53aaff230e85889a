package dev.jiggety.repository;

import dev.jiggety.model.Point;
import dev.jiggety.model.Summary;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads results of any age, whichever tier holds them: raw batches of the last weeks, hourly packs
 * and daily roll-ups of the last months. The tiers are joined without a gap and without counting
 * anything twice. Safe for any thread; throws {@link HubException} when the hub cannot be asked.
 */
public interface HistoryRepository {

  /**
   * Sums for each step of a span of time, by the hub's indexes where there are some. Steps in which
   * there is nothing are left out; those that are not over count as far as they got.
   *
   * @return ordered by time, then test, then node
   */
  List<Row> summaries(Question question);

  /**
   * Hands over the single samples of a test that began in a span: hour by hour, node by node in
   * each, and by time for each node. No more than an hour is held in memory.
   *
   * @param nodes which nodes; empty for all
   */
  void points(
      String test, Set<String> nodes, Instant from, Instant to, Consumer<NodePoint> consumer);

  /**
   * What is wanted.
   *
   * @param tests of these tests; empty for all
   * @param nodes of these nodes; empty for all
   * @param from inclusive; the step that it lies in counts as a whole
   * @param to exclusive; the step that it lies in counts as a whole
   * @param step how long each row's span is
   * @param byTest a row for each test, or one for all together
   * @param byNode a row for each node, or one for all together
   * @param phases whether phases are wanted too, which costs more
   */
  record Question(
      SortedSet<String> tests,
      SortedSet<String> nodes,
      Instant from,
      Instant to,
      Step step,
      boolean byTest,
      boolean byNode,
      boolean phases) {
    public Question {
      tests = Collections.unmodifiableSortedSet(new TreeSet<>(tests));
      nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    /** Whole times of some tests over all nodes together, test by test. */
    public static Question of(Collection<String> tests, Instant from, Instant to, Step step) {
      return new Question(
          new TreeSet<>(tests), new TreeSet<>(), from, to, step, true, false, false);
    }
  }

  /** Spans of UTC that rows are made for. */
  enum Step {
    MINUTE,
    HOUR,
    DAY,
    MONTH
  }

  /**
   * A row of an answer.
   *
   * @param from where the step begins
   * @param test the test; null where all are together
   * @param node the node; null where all are together
   */
  record Row(Instant from, @Nullable String test, @Nullable String node, Summary summary) {}

  /** A sample that a node took. */
  record NodePoint(String node, Point point) {}
}
