package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Viewport;
import dev.jiggety.desktop.navigation.Desk;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;

/** Asks for a span of one's own: two days and two times of day, in local time. */
final class SpanChooser {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final Desk desk;
  private final ResultsViewModel model;
  private final DatePicker fromDay = new DatePicker();
  private final DatePicker toDay = new DatePicker();
  private final TextField fromTime = new TextField();
  private final TextField toTime = new TextField();
  private final Label problem = new Label();
  private final PopOver popOver;

  SpanChooser(Desk desk, ResultsViewModel model) {
    this.desk = desk;
    this.model = model;
    name(fromDay, fromTime, desk.texts().get("results.span.from"));
    name(toDay, toTime, desk.texts().get("results.span.to"));
    GridPane fields = new GridPane(8, 8);
    fields.addRow(0, new Label(desk.texts().get("results.span.from")), fromDay, fromTime);
    fields.addRow(1, new Label(desk.texts().get("results.span.to")), toDay, toTime);
    problem.getStyleClass().add("problem");
    problem.setWrapText(true);
    problem.setMaxWidth(320);
    Button apply = new Button(desk.texts().get("results.span.apply"));
    apply.setId("applySpan");
    apply.setDefaultButton(true);
    apply.setOnAction(event -> apply());
    VBox box = new VBox(10, fields, problem, apply);
    box.getStyleClass().add("chooser");
    popOver = new PopOver(box);
    popOver.setArrowLocation(PopOver.ArrowLocation.TOP_CENTER);
    popOver.setAnimated(false);
  }

  private void name(DatePicker day, TextField time, String what) {
    day.setAccessibleText(desk.texts().get("results.span.day", what));
    time.setAccessibleText(desk.texts().get("results.span.clock", what));
    day.setPrefWidth(140);
    time.setPrefColumnCount(5);
    time.setPromptText("HH:mm");
  }

  /** Opens below a control, with the span that is seen now. */
  void open(Node owner) {
    Viewport now = model.viewProperty().get();
    put(now.from(), fromDay, fromTime);
    put(now.to(), toDay, toTime);
    problem.setText("");
    popOver.show(owner);
    fromDay.requestFocus();
  }

  private void put(long time, DatePicker day, TextField clock) {
    ZonedDateTime local = Instant.ofEpochMilli(time).atZone(desk.zone());
    day.setValue(local.toLocalDate());
    clock.setText(CLOCK.format(local));
  }

  private void apply() {
    Optional<Instant> from = time(fromDay.getValue(), fromTime.getText());
    Optional<Instant> to = time(toDay.getValue(), toTime.getText());
    if (from.isEmpty() || to.isEmpty()) {
      problem.setText(desk.texts().get("results.span.unread"));
    } else if (!from.get().isBefore(to.get())) {
      problem.setText(desk.texts().get("results.span.order"));
    } else if (from.get().isAfter(desk.now())) {
      problem.setText(desk.texts().get("results.span.future"));
    } else {
      popOver.hide();
      model.showSpan(from.get(), to.get());
    }
  }

  private Optional<Instant> time(LocalDate day, String clock) {
    try {
      return day == null
          ? Optional.empty()
          : Optional.of(
              day.atTime(LocalTime.parse(clock.strip(), CLOCK)).atZone(desk.zone()).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
