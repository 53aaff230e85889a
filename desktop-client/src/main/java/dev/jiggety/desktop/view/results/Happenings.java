package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Annotation;
import dev.jiggety.desktop.feed.IncidentPicture;
import dev.jiggety.desktop.feed.PatchFeed;
import dev.jiggety.desktop.feed.PatchPicture;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.Windows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What happened to a test, for the axis of time. Pure. */
final class Happenings {
  /** More are not drawn: of a window each minute there would be half a million. */
  private static final int MOST = 2_000;

  private final Texts texts;
  private final TestDefinition test;
  private final Instant from;
  private final Instant now;
  private final List<Annotation> found = new ArrayList<>();

  /**
   * Of a test.
   *
   * @param from what was over then is left out
   */
  Happenings(Texts texts, TestDefinition test, Instant from, Instant now) {
    this.texts = texts;
    this.test = test;
    this.from = from;
    this.now = now;
  }

  /** All that was added, in the order in which it is drawn. */
  List<Annotation> all() {
    return List.copyOf(found);
  }

  /** Adds incidents: those of the feed, and older ones that were read from the hub. */
  Happenings incidents(IncidentPicture picture, Collection<Incident> older) {
    Map<String, Incident> byId = new LinkedHashMap<>();
    older.forEach(incident -> byId.put(incident.id(), incident));
    picture.all().forEach(incident -> byId.put(incident.id(), incident));
    for (Incident incident : byId.values()) {
      Instant ended = incident.ended() == null ? now : incident.ended();
      if (incident.subject().equals(test.id())
          && incident.kind() != Incident.Kind.NODE
          && ended.isAfter(from)) {
        add(Annotation.Kind.INCIDENT, incident.began(), ended, incident.text(), incident.id());
      }
    }
    return this;
  }

  /** Adds the rollouts that changed the test. */
  Happenings rollouts(PatchPicture picture) {
    for (Rollout rollout : picture.rollouts()) {
      boolean touches =
          rollout.riders().stream()
              .anyMatch(rider -> rider.targets().contains(Ids.test(test.id())));
      Instant at = PatchFeed.begun(rollout);
      if (touches && rollout.state() != RolloutState.JOINED && at.isAfter(from)) {
        String state = texts.get("rollout.state." + rollout.state().name());
        String who = rollout.riders().getFirst().author();
        add(
            Annotation.Kind.ROLLOUT,
            at,
            at,
            texts.get("results.happened.rollout", who, state.toLowerCase(texts.locale())),
            rollout.riders().getFirst().patchId());
      }
    }
    return this;
  }

  /** Adds the times in which a maintenance window was open. */
  Happenings windows(Collection<Window> windows) {
    for (Window window : windows) {
      if (window.isAbout(test)) {
        List<Windows.Span> spans = Windows.spans(window, from, now);
        for (Windows.Span span : spans.subList(Math.max(0, spans.size() - MOST), spans.size())) {
          add(Annotation.Kind.MAINTENANCE, span.from(), span.to(), window.name(), "");
        }
      }
    }
    return this;
  }

  private void add(Annotation.Kind kind, Instant begin, Instant end, String text, String id) {
    String name = texts.get("happened." + kind.name().toLowerCase(Locale.ROOT));
    found.add(
        new Annotation(
            kind,
            begin.toEpochMilli(),
            Math.max(begin.toEpochMilli(), end.toEpochMilli()),
            name + ": " + text,
            id));
  }
}
