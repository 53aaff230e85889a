package dev.jiggety.model.rules.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sets of times against plain sets of minutes. */
class SpansTest {
  @Property
  void theyAreSetsOfMoments(@ForAll("some") List<Span> one, @ForAll("some") List<Span> two) {
    Set<Integer> mine = minutes(Spans.of(one));
    Set<Integer> theirs = minutes(Spans.of(two));

    Set<Integer> both = new HashSet<>(mine);
    both.addAll(theirs);
    assertThat(minutes(Spans.of(one).plus(Spans.of(two)))).isEqualTo(both);
    Set<Integer> shared = new HashSet<>(mine);
    shared.retainAll(theirs);
    assertThat(minutes(Spans.of(one).and(Spans.of(two)))).isEqualTo(shared);
    Set<Integer> rest = new HashSet<>(mine);
    rest.removeAll(theirs);
    assertThat(minutes(Spans.of(one).minus(Spans.of(two)))).isEqualTo(rest);
    assertThat(Spans.of(one).length().toMinutes()).isEqualTo(mine.size());
  }

  @Property
  void theirSpansAreInOrderAndApart(@ForAll("some") List<Span> some) {
    List<Span> list = Spans.of(some).list();
    for (int i = 1; i < list.size(); i++) {
      assertThat(list.get(i - 1).to()).isBefore(list.get(i).from());
    }
    assertThat(list).noneMatch(span -> span.length().isZero());
  }

  @Provide
  Arbitrary<List<Span>> some() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 60), Arbitraries.integers().between(0, 15))
        .as((from, length) -> Facts.span(from, from + length))
        .list()
        .ofMaxSize(8);
  }

  private static Set<Integer> minutes(Spans spans) {
    Set<Integer> minutes = new HashSet<>();
    for (int minute = 0; minute < 80; minute++) {
      if (spans.contains(Facts.at(minute))) {
        minutes.add(minute);
      }
    }
    return minutes;
  }
}
