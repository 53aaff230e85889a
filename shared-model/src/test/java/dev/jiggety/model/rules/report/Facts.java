package dev.jiggety.model.rules.report;

import dev.jiggety.model.Check;
import dev.jiggety.model.Histogram;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Summary;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tests of this room know of a test that runs each minute. Times are minutes of one day. */
final class Facts {
  static final Instant BEGIN = Instant.parse("2026-10-01T00:00:00Z");
  static final Span DAY = new Span(BEGIN, BEGIN.plus(Duration.ofDays(1)));
  static final Instant LATER = BEGIN.plus(Duration.ofDays(30));

  private final List<Incident> incidents = new ArrayList<>();
  private Spans windows = Spans.NONE;
  private Spans observed = Spans.of(new Span(BEGIN.minus(Duration.ofDays(9)), LATER));
  private Spans failing = Spans.NONE;

  static TestDefinition test(String id, String name, String... tags) {
    return TestDefinition.builder(id, Check.Http.get("https://example/"))
        .name(name)
        .tags(List.of(tags))
        .build();
  }

  static Instant at(long minute) {
    return BEGIN.plus(Duration.ofMinutes(minute));
  }

  static Span span(long from, long to) {
    return new Span(at(from), at(to));
  }

  Facts incident(Incident.Kind kind, long from, long to) {
    return incident(kind, at(from), at(to), null);
  }

  Facts open(Incident.Kind kind, long from) {
    return incident(kind, at(from), null, null);
  }

  Facts incident(
      Incident.Kind kind,
      Instant from,
      @Nullable Instant to,
      Incident.@Nullable Suppression suppressed) {
    incidents.add(
        new Incident(
            "incident:" + incidents.size(),
            kind,
            "shop",
            from,
            from,
            to,
            to,
            "10.0.0.7 refused",
            List.of(),
            suppressed,
            null,
            List.of()));
    return this;
  }

  Facts window(long from, long to) {
    windows = windows.plus(Spans.of(span(from, to)));
    return this;
  }

  Facts observed(Spans known) {
    observed = known;
    return this;
  }

  Facts failing(long from, long to) {
    failing = failing.plus(Spans.of(span(from, to)));
    return this;
  }

  Timeline.Facts known() {
    return new Timeline.Facts(incidents, windows, observed, failing);
  }

  /** Runs of some minutes. */
  static Cell cell(long minute, long length, long up, long down, int millis) {
    Histogram total = Histogram.of(Collections.nCopies((int) up, Duration.ofMillis(millis)));
    return new Cell(
        at(minute),
        Duration.ofMinutes(length),
        new Summary(
            Map.of(Verdict.UP, up, Verdict.DOWN, down),
            Map.of(),
            0,
            0,
            total,
            Map.of(),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO));
  }
}
