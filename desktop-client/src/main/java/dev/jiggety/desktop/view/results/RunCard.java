package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Hover;
import dev.jiggety.desktop.chart.Slices;
import dev.jiggety.desktop.chart.Steps;
import dev.jiggety.desktop.chart.Ticks;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.PhaseBar;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Point;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What is told about what is under the mouse: a run, a step of time, or what happened. */
final class RunCard extends VBox {
  private static final double WIDTH = 300;
  private static final double AWAY = 16;

  private final Desk desk;
  private final Ages ages;
  private final DateTimeFormatter clock;
  private final DateTimeFormatter day;
  private final Label node = new Label();
  private final Label verdict = new Label();
  private final Label time = new Label();
  private final Label total = new Label();
  private final Label more = new Label();
  private final Label failure = new Label();
  private final Label hint = new Label();
  private final PhaseBar phases;

  RunCard(Desk desk, Ages ages) {
    super(8);
    this.desk = desk;
    this.ages = ages;
    this.clock = DateTimeFormatter.ofPattern("d MMM HH:mm:ss.SSS", desk.texts().locale());
    this.day = DateTimeFormatter.ofPattern("d MMM HH:mm", desk.texts().locale());
    this.phases = new PhaseBar(desk.texts(), ages);
    getStyleClass().add("run-card");
    setPrefWidth(WIDTH);
    setMaxWidth(WIDTH);
    node.getStyleClass().add("run-node");
    node.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(node, Priority.ALWAYS);
    time.getStyleClass().add("hint");
    total.getStyleClass().add("run-total");
    more.getStyleClass().add("figure");
    failure.getStyleClass().add("problem");
    failure.setWrapText(true);
    more.setWrapText(true);
    hint.getStyleClass().add("hint");
    getChildren().addAll(new HBox(8, node, verdict), time, total, more, failure, phases, hint);
  }

  /** Shows what is hovered over. */
  void show(Hover hover) {
    node.setText(hover.what().name());
    switch (hover.what()) {
      case Hover.OfSample sample -> run(sample.line().point(sample.index()));
      case Hover.OfStep step -> step(step.line(), step.index());
      case Hover.OfSlice slice -> slice(slice.slices(), slice.slice());
    }
    setAccessibleText(
        String.join(
            ", ",
            node.getText(),
            verdict.getText(),
            time.getText(),
            total.getText(),
            more.getText()));
  }

  /** Shows what happened. */
  void show(dev.jiggety.desktop.chart.Annotation happened) {
    node.setText(happened.text());
    node.setWrapText(true);
    clear(failure);
    clear(more);
    clear(verdict);
    phases.getChildren().clear();
    time.setText(span(happened.from(), happened.to()));
    text(
        total,
        happened.to() > happened.from()
            ? ages.length((happened.to() - happened.from()) / 1000)
            : "");
    text(hint, happened.id().isEmpty() ? "" : desk.texts().get("results.open.hint"));
    setAccessibleText(node.getText() + ", " + time.getText());
  }

  private void run(Point run) {
    VerdictLook.of(run.verdict()).dress(verdict, desk.texts());
    show(verdict);
    time.setText(clock.format(run.startedAt().atZone(desk.zone())));
    text(
        total,
        run.status() == 0
            ? ages.millis(run.total())
            : desk.texts().get("results.run", ages.millis(run.total()), "" + run.status()));
    clear(more);
    text(failure, run.error() == null ? "" : desk.texts().get("run.error." + run.error().name()));
    phases.show(run.phases(), run.total());
    text(hint, desk.texts().get("results.open.hint"));
  }

  private void step(Steps steps, int index) {
    Summary summary = steps.summary(index);
    clear(verdict);
    clear(failure);
    phases.getChildren().clear();
    time.setText(span(steps.time(index), steps.time(index) + steps.length()));
    SpanFigures figures = new SpanFigures(summary);
    text(total, desk.texts().get("results.runs", figures.runs(), figures.down()));
    text(
        more,
        figures.isEmpty()
            ? ""
            : desk.texts()
                .get(
                    "results.spread",
                    ages.millis(figures.quantile(0.5)),
                    ages.millis(figures.quantile(0.95)),
                    ages.millis(figures.quantile(0.99)),
                    ages.millis(summary.shortest()),
                    ages.millis(summary.longest())));
    text(hint, desk.texts().get("results.closer.hint"));
  }

  private void slice(Slices slices, int slice) {
    clear(verdict);
    clear(failure);
    phases.getChildren().clear();
    time.setText(span(slices.from(slice), slices.from(slice) + slices.length()));
    long runs = 0;
    for (Verdict each : Verdict.values()) {
      runs += slices.runs(slice, each);
    }
    text(total, desk.texts().get("results.runs", runs, slices.runs(slice, Verdict.DOWN)));
    text(
        more,
        desk.texts()
            .get(
                "results.spread",
                millis(slices.p50(slice)),
                millis(slices.p95(slice)),
                millis(slices.p99(slice)),
                millis(slices.min(slice)),
                millis(slices.max(slice))));
    text(hint, desk.texts().get("results.closer.hint"));
  }

  private String millis(double value) {
    return Ticks.millis(value, desk.texts().locale());
  }

  private String span(long from, long to) {
    String begin = day.format(Instant.ofEpochMilli(from).atZone(desk.zone()));
    return to <= from
        ? begin
        : begin + " – " + day.format(Instant.ofEpochMilli(to).atZone(desk.zone()));
  }

  private static void text(Label label, String text) {
    label.setText(text);
    label.setManaged(!text.isEmpty());
    label.setVisible(!text.isEmpty());
  }

  private static void clear(Label label) {
    text(label, "");
    label.setGraphic(null);
  }

  private static void show(Label label) {
    label.setManaged(true);
    label.setVisible(true);
  }

  /** Beside a point, on the side where there is room. */
  void place(Pane pane, double x, double y) {
    applyCss();
    autosize();
    double width = getWidth();
    double height = getHeight();
    boolean left = x + AWAY + width > pane.getWidth();
    setLayoutX(Math.max(0, left ? x - AWAY - width : x + AWAY));
    setLayoutY(
        Math.clamp(
            Double.isNaN(y) ? 0 : y - height / 2, 0, Math.max(0, pane.getHeight() - height)));
  }
}
