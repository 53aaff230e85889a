package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.view.incidents.IncidentsViewModel.Row;
import dev.jiggety.desktop.view.incidents.IncidentsViewModel.State;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.IncidentLook;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * Incidents as bars on a line of time. What would overlap goes into another lane; of more lanes
 * than there is room for, the last one holds the rest. A bar is chosen by a click; the list beside
 * it is for the keyboard.
 */
final class IncidentTimeline extends Pane {
  private static final int LANES = 5;
  private static final double LANE = 11;
  private static final double AXIS = 18;
  private static final double LEAST = 4;

  /** More than anybody can tell apart; the newest are drawn. */
  private static final int MOST = 600;

  private static final int MARKS = 8;

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(5),
          Duration.ofDays(15),
          Duration.ofDays(50));

  private final Desk desk;
  private final Ages ages;
  private final Consumer<String> chosen;
  private List<State> shown = List.of();
  private Instant from = Instant.EPOCH;
  private Instant to = Instant.EPOCH;
  private @Nullable String selected;

  IncidentTimeline(Desk desk, Consumer<String> chosen) {
    this.desk = desk;
    this.ages = new Ages(desk.texts(), desk.zone());
    this.chosen = chosen;
    getStyleClass().add("incident-timeline");
    setMinHeight(LANES * LANE + AXIS + 8);
    setPrefHeight(LANES * LANE + AXIS + 8);
    setAccessibleText(desk.texts().get("incidents.timeline"));
    widthProperty().subscribe(width -> draw());
  }

  /** Where a bar lies: its lane, from 0. */
  record Lane(State state, int lane) {}

  /** Puts spans into lanes so that none overlaps another, as far as there are lanes. */
  static List<Lane> lanes(List<State> states, Instant now, Duration gap) {
    List<State> sorted =
        states.stream().sorted(Comparator.comparing(state -> state.incident().began())).toList();
    Instant[] free = new Instant[LANES];
    List<Lane> lanes = new ArrayList<>();
    for (State state : sorted) {
      Instant began = state.incident().began();
      int lane = 0;
      while (lane < LANES - 1 && free[lane] != null && free[lane].isAfter(began)) {
        lane++;
      }
      Instant end = Objects.requireNonNullElse(state.incident().ended(), now).plus(gap);
      free[lane] = free[lane] == null || end.isAfter(free[lane]) ? end : free[lane];
      lanes.add(new Lane(state, lane));
    }
    return lanes;
  }

  void show(List<Row> rows, Instant begin, Instant now, @Nullable String chosenId) {
    List<State> states = rows.stream().map(Row::state).limit(MOST).toList();
    boolean same =
        incidents(states).equals(incidents(shown))
            && Objects.equals(selected, chosenId)
            && Duration.between(from, begin).abs().compareTo(step(begin, now)) < 0;
    if (same) {
      return;
    }
    shown = states;
    from = begin;
    to = now;
    selected = chosenId;
    draw();
  }

  private static List<Object> incidents(List<State> states) {
    return states.stream().<Object>map(State::incident).toList();
  }

  /** A bar moves by less than a pixel in less time. */
  private Duration step(Instant begin, Instant now) {
    return Duration.between(begin, now).dividedBy(Math.max(1, (long) getWidth()));
  }

  private void draw() {
    getChildren().clear();
    double width = getWidth() - 16;
    if (width < 50 || !from.isBefore(to)) {
      return;
    }
    Duration pixel = Duration.between(from, to).dividedBy((long) width);
    axis(width);
    for (Lane lane : lanes(shown, to, pixel.multipliedBy((long) LEAST + 2))) {
      getChildren().add(bar(lane, width));
    }
  }

  private void axis(double width) {
    Duration span = Duration.between(from, to);
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern(span.toDays() > 2 ? "d MMM" : "HH:mm", desk.texts().locale());
    for (Instant at : marks(from, to, desk.zone())) {
      double x = 8 + x(at, width);
      Region line = new Region();
      line.getStyleClass().add("timeline-mark");
      line.resizeRelocate(x, 2, 1, LANES * LANE + 4);
      line.setManaged(false);
      Label label = new Label(format.format(at.atZone(desk.zone())));
      label.getStyleClass().addAll("hint", "timeline-time");
      label.relocate(x + 3, LANES * LANE + 6);
      getChildren().addAll(line, label);
    }
  }

  /** Whole hours or days, as many as can be told apart. */
  static List<Instant> marks(Instant from, Instant to, ZoneId zone) {
    Duration span = Duration.between(from, to);
    Duration step =
        STEPS.stream()
            .filter(it -> span.dividedBy(it) <= MARKS)
            .findFirst()
            .orElse(span.dividedBy(MARKS));
    List<Instant> marks = new ArrayList<>();
    Instant at = from.atZone(zone).truncatedTo(ChronoUnit.DAYS).toInstant();
    for (; at.isBefore(to); at = at.plus(step)) {
      // The last one leaves room for its words.
      if (!at.isBefore(from) && Duration.between(at, to).multipliedBy(20).compareTo(span) > 0) {
        marks.add(at);
      }
    }
    return marks;
  }

  private Region bar(Lane lane, double width) {
    State state = lane.state();
    double begin = Math.max(0, x(state.incident().began(), width));
    double end = x(Objects.requireNonNullElse(state.incident().ended(), to), width);
    Region bar = new Region();
    bar.getStyleClass()
        .addAll(
            "timeline-bar",
            "bar-" + state.incident().kind().label(),
            state.incident().isOpen() ? "bar-open" : "bar-over");
    if (state.incident().id().equals(selected)) {
      bar.getStyleClass().add("bar-selected");
    }
    bar.setManaged(false);
    bar.resizeRelocate(
        8 + Math.min(begin, width - LEAST),
        4 + lane.lane() * LANE,
        Math.max(LEAST, end - begin),
        LANE - 3);
    String text =
        desk.texts()
            .get(
                "incidents.bar",
                state.name(),
                IncidentLook.word(state.incident().kind(), desk.texts()),
                ages.time(state.incident().began(), desk.now()));
    Tooltip.install(bar, new Tooltip(text));
    bar.setAccessibleText(text);
    bar.setOnMouseClicked(event -> chosen.accept(state.incident().id()));
    return bar;
  }

  private double x(Instant at, double width) {
    double span = Duration.between(from, to).toMillis();
    return width * Duration.between(from, at).toMillis() / span;
  }
}
