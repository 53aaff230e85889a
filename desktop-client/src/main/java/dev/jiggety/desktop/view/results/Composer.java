package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Annotation;
import dev.jiggety.desktop.chart.ChartInput;
import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.feed.IncidentFeed;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.InForce;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.view.results.Subjects.Subject;
import dev.jiggety.document.Stored;
import dev.jiggety.document.WindowDocument;
import dev.jiggety.model.Incident;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.Schedules;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what is drawn, in the background, and works out the figures of what is in view: at
 * most one of each at a time, and once more after, so that neither a busy feed nor a quick hand can
 * pile up work. FX thread only.
 */
final class Composer {
  private final Desk desk;
  private final Session session;
  private final ReadOnlyObjectWrapper<ChartInput> input =
      new ReadOnlyObjectWrapper<>(ChartInput.NOTHING);
  private final ReadOnlyObjectWrapper<SpanFigures> figures =
      new ReadOnlyObjectWrapper<>(SpanFigures.NONE);
  private List<Window> windows = List.of();
  private List<Incident> older = List.of();
  private String olderOf = "";
  private @Nullable Viewport olderIn;
  private @Nullable Order waiting;
  private boolean composing;
  private @Nullable Viewport waitingView;
  private boolean reckoning;

  /** What is to be composed. */
  private record Order(
      @Nullable TestPicture test, List<Subject> subjects, Looks looks, Viewport view) {}

  Composer(Desk desk, Session session) {
    this.desk = desk;
    this.session = session;
  }

  ReadOnlyObjectProperty<ChartInput> inputProperty() {
    return input.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<SpanFigures> figuresProperty() {
    return figures.getReadOnlyProperty();
  }

  /** Follows the maintenance windows. */
  Pin followWindows(Runnable changed) {
    return InForce.follow(
        session,
        desk.tasks(),
        documents -> {
          windows = documents.all(WindowDocument.TYPE);
          changed.run();
        });
  }

  void compose(@Nullable TestPicture test, List<Subject> subjects, Looks looks, Viewport view) {
    Order order = new Order(test, subjects, looks, view);
    if (composing) {
      waiting = order;
      return;
    }
    composing = true;
    List<Annotation> happened = happened(order);
    String all = desk.texts().get("results.all");
    desk.tasks()
        .create(() -> make(order, happened, all))
        .onSuccess(made -> {
          input.set(made);
          reckon(order.view());
        })
        .onFinally(() -> {
          composing = false;
          Order next = waiting;
          waiting = null;
          if (next != null) {
            compose(next.test(), next.subjects(), next.looks(), next.view());
          }
        })
        .start();
  }

  private ChartInput make(Order order, List<Annotation> happened, String all) {
    List<ChartInput.Subject> made = new ArrayList<>();
    for (Subject subject : order.subjects()) {
      made.add(
          new ChartInput.Subject(
              subject.name(), subject.shift(), subject.history().lines(subject.wish(), all)));
    }
    Looks looks = order.looks();
    TestPicture picture = order.test();
    Duration limit = picture == null ? null : picture.test().degraded().total();
    return new ChartInput(
        made,
        looks.percentiles(),
        looks.powers(),
        looks.panes(),
        happened,
        limit == null ? 0 : limit.toNanos() / 1e6,
        picture == null ? Duration.ofDays(1).toMillis() : silence(picture.test()).toMillis(),
        looks.hidden());
  }

  /** Two runs left out in a row break the line; more than that would hide an outage of the node. */
  private Duration silence(TestDefinition test) {
    return Schedules.problem(test.schedule()).isPresent()
        ? Duration.ofDays(1)
        : Schedules.interval(test.schedule(), desk.now()).multipliedBy(3).plus(test.timeout());
  }

  private List<Annotation> happened(Order order) {
    TestPicture picture = order.test();
    if (picture == null) {
      return List.of();
    }
    Instant from = desk.now().minus(Range.LONGEST);
    return new Happenings(desk.texts(), picture.test(), from, desk.now())
        .windows(windows)
        .incidents(session.incidents().picture(), older)
        .rollouts(session.rollouts().picture())
        .all();
  }

  /** Reads the incidents of a span that began before the feed does; once for each span. */
  void readIncidents(String test, Viewport view, Runnable changed) {
    long fed = desk.now().minus(IncidentFeed.REACH).toEpochMilli();
    Viewport have = olderIn;
    boolean known = olderOf.equals(test) && have != null && have.from() <= view.from();
    if (view.from() >= fed || known) {
      return;
    }
    olderOf = test;
    olderIn = view;
    desk.tasks()
        .create(() ->
            session
                .connection()
                .incidents()
                .between(Instant.ofEpochMilli(view.from()), Instant.ofEpochMilli(fed))
                .stream()
                .map(Stored::value)
                .filter(incident -> incident.subject().equals(test))
                .toList())
        .onSuccess(read -> {
          if (olderOf.equals(test)) {
            older = read;
            changed.run();
          }
        })
        .onError(HubException.class, e -> olderIn = null) // asked again with the next view
        .start();
  }

  /** Works the figures out for a view. */
  void reckon(Viewport view) {
    if (reckoning) {
      waitingView = view;
      return;
    }
    reckoning = true;
    ChartInput shown = input.get();
    desk.tasks()
        .create(() ->
            shown.isEmpty()
                ? SpanFigures.NONE
                : SpanFigures.of(
                    shown.subjects().getFirst().lines().stream()
                        .filter(line -> shown.compares() || !shown.hidden().contains(line.name()))
                        .toList(),
                    view))
        .onSuccess(figures::set)
        .onFinally(() -> {
          reckoning = false;
          Viewport next = waitingView;
          waitingView = null;
          if (next != null) {
            reckon(next);
          }
        })
        .start();
  }
}
