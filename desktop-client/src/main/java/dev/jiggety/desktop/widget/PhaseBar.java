package dev.jiggety.desktop.widget;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The phases of a run: one bar from left to right and, below it, each with its name and time. */
public final class PhaseBar extends VBox {
  private static final double WIDTH = 268;

  private final Texts texts;
  private final Ages ages;

  public PhaseBar(Texts texts, Ages ages) {
    super(8);
    this.texts = texts;
    this.ages = ages;
    getStyleClass().add("phase-bar");
  }

  /** Shows the phases of a time; what no phase explains is shown as rest. */
  public void show(Phases phases, Duration total) {
    getChildren().clear();
    Map<Phase, Duration> happened = phases.happened();
    if (happened.isEmpty() || total.isZero()) {
      return;
    }
    HBox bar = new HBox();
    bar.getStyleClass().add("phase-track");
    GridPane words = new GridPane(12, 3);
    int row = 0;
    for (Map.Entry<Phase, Duration> phase : happened.entrySet()) {
      String name = phase.getKey().name().toLowerCase(Locale.ROOT);
      add(bar, "phase-" + name, phase.getValue(), total);
      row(words, row++, "phase-" + name, texts.get("phase." + name), phase.getValue());
    }
    Duration rest = total.minus(phases.sum());
    if (rest.toMillis() > 0) {
      add(bar, "phase-rest", rest, total);
      row(words, row, "phase-rest", texts.get("phase.rest"), rest);
    }
    getChildren().addAll(bar, words);
  }

  private static void add(HBox bar, String style, Duration time, Duration total) {
    Region part = new Region();
    part.getStyleClass().addAll("phase-part", style);
    part.setPrefWidth(WIDTH * time.toNanos() / total.toNanos());
    part.setMinWidth(0);
    bar.getChildren().add(part);
  }

  private void row(GridPane words, int row, String style, String name, Duration time) {
    Region dot = new Region();
    dot.getStyleClass().addAll("phase-dot", style);
    Label label = new Label(name, dot);
    Label value = new Label(ages.millis(time));
    value.getStyleClass().add("figure");
    GridPane.setHgrow(label, Priority.ALWAYS);
    GridPane.setHalignment(value, HPos.RIGHT);
    label.setMaxWidth(Double.MAX_VALUE);
    words.addRow(row, label, value);
  }
}
