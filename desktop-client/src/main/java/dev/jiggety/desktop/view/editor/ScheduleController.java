package dev.jiggety.desktop.view.editor;

import dev.jiggety.base.Durations;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.view.editor.form.CronPattern;
import dev.jiggety.desktop.view.editor.form.CronPattern.Repeat;
import dev.jiggety.desktop.widget.Ages;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.beans.property.StringProperty;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** When a test runs: typed or clicked together, with the runs to come. */
final class ScheduleController extends Section {
  private static final String OTHER = "other";
  private static final List<Duration> INTERVALS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1));

  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final StringProperty expression;
  private CronPattern shown = CronPattern.USUAL;
  private boolean showing;

  @FXML private FlowPane intervals;
  @FXML private ComboBox<String> pattern;
  @FXML private Field timeField;
  @FXML private TextField time;
  @FXML private Field dayField;
  @FXML private TextField day;
  @FXML private FlowPane weekdays;
  @FXML private Label comingWords;
  @FXML private VBox comingTimes;
  @FXML private Label shift;

  ScheduleController(Parts parts, Desk desk) {
    super(parts, parts.form().tail(), "");
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.expression = parts.form().text("schedule.cron");
    for (Duration interval : INTERVALS) {
      Button button = new Button(Durations.format(interval));
      button.getStyleClass().addAll("small", "flat");
      button.setAccessibleText(texts.get("editor.every") + " " + button.getText());
      button.setOnAction(event -> parts.form().text("schedule.every").set(button.getText()));
      intervals.getChildren().add(button);
    }
    builder();
    StringProperty when = parts.form().choice("schedule.when");
    when.addListener((property, before, now) -> {
      if (now.equals("cron") && expression.get().isEmpty()) {
        expression.set(CronPattern.USUAL.expression());
        parts.form().text("schedule.zone").set(desk.zone().getId().replace("Z", "UTC"));
      }
    });
  }

  private void builder() {
    new Options(texts).dress(pattern, "repeat");
    pattern
        .getItems()
        .setAll(
            Stream.concat(Stream.of(Repeat.values()).map(Repeat::name), Stream.of(OTHER)).toList());
    for (DayOfWeek weekday : DayOfWeek.values()) {
      ToggleButton button =
          new ToggleButton(weekday.getDisplayName(TextStyle.SHORT, texts.locale()));
      button.setAccessibleText(weekday.getDisplayName(TextStyle.FULL, texts.locale()));
      button.getStyleClass().add("small");
      button.setOnAction(event -> change(now -> now.toggle(weekday.getValue())));
      weekdays.getChildren().add(button);
    }
    pattern
        .valueProperty()
        .addListener((property, before, now) -> {
          if (now != null && !now.equals(OTHER)) {
            change(it -> it.every(Repeat.valueOf(now)));
          }
        });
    time.textProperty()
        .addListener((property, before, now) -> shown.at(now).ifPresent(it -> change(old -> it)));
    day.textProperty()
        .addListener((property, before, now) -> {
          if (now.strip().matches("\\d{1,2}")) {
            change(it -> it.on(Integer.parseInt(now.strip())));
          }
        });
    expression.subscribe(now -> show(CronPattern.of(now)));
  }

  private void change(UnaryOperator<CronPattern> how) {
    if (!showing) {
      shown = how.apply(shown);
      showing = true;
      expression.set(shown.expression());
      showing = false;
      show(Optional.of(shown));
    }
  }

  private void show(Optional<CronPattern> now) {
    if (showing) {
      return;
    }
    showing = true;
    now.ifPresent(it -> shown = it);
    boolean known = now.isPresent();
    pattern.setValue(known ? shown.repeat().name() : OTHER);
    if (!time.isFocused()) {
      time.setText(shown.time());
    }
    if (!day.isFocused()) {
      day.setText("" + shown.day());
    }
    Parts.show(timeField, known);
    Parts.show(dayField, known && shown.repeat() == Repeat.MONTHLY);
    Parts.show(weekdays, known && shown.repeat() == Repeat.WEEKLY);
    for (DayOfWeek weekday : DayOfWeek.values()) {
      ((ToggleButton) weekdays.getChildren().get(weekday.getValue() - 1))
          .setSelected(shown.weekdays().contains(weekday.getValue()));
    }
    showing = false;
  }

  /** Shows the runs to come. */
  void show(Coming coming) {
    Instant now = desk.now();
    comingWords.setText(
        coming.words().isEmpty()
            ? texts.get("editor.coming.unknown")
            : coming.node().isEmpty()
                ? texts.get("editor.coming.nowhere", coming.words())
                : texts.get("editor.coming", coming.words(), coming.node()));
    while (comingTimes.getChildren().size() < coming.times().size()) {
      Label row = new Label();
      row.getStyleClass().add("figure");
      comingTimes.getChildren().add(row);
    }
    while (comingTimes.getChildren().size() > coming.times().size()) {
      comingTimes.getChildren().removeLast();
    }
    for (int i = 0; i < coming.times().size(); i++) {
      ((Label) comingTimes.getChildren().get(i)).setText(row(coming, coming.times().get(i), now));
    }
    shift.setText(coming.shift().map(it -> words(it, coming.zone())).orElse(""));
    Parts.show(shift, !shift.getText().isEmpty());
  }

  private String row(Coming coming, Instant time, Instant now) {
    String here = texts.get("editor.coming.row", ages.time(time, now), ages.ahead(time, now));
    boolean same =
        coming.zone().getRules().getOffset(time).equals(desk.zone().getRules().getOffset(time));
    return same
        ? here
        : texts.get("editor.coming.there", here, clock(time, coming.zone()), coming.zone().getId());
  }

  private String clock(Instant time, ZoneId zone) {
    return DateTimeFormatter.ofPattern("EEE HH:mm", texts.locale()).format(time.atZone(zone));
  }

  private String words(Coming.Shift it, ZoneId zone) {
    String date =
        DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
            .withLocale(texts.locale())
            .format(it.at().atZone(zone));
    return texts.get(
        it.forward() ? "editor.coming.forward" : "editor.coming.back", date, zone.getId());
  }
}
