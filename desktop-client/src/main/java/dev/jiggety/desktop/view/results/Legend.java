package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.ChartInput;
import dev.jiggety.desktop.chart.ChartInput.Pane;
import dev.jiggety.desktop.chart.Palette;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.model.Phase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/** A button for each line of the charts, which shows and hides it, and the colours of phases. */
final class Legend {
  private final Texts texts;
  private final ObservableValue<Palette> palette;
  private final ResultsViewModel model;
  private List<String> names = List.of();
  private boolean phases;
  private @Nullable FlowPane pane;

  Legend(Texts texts, ObservableValue<Palette> palette, ResultsViewModel model) {
    this.texts = texts;
    this.palette = palette;
    this.model = model;
    palette.subscribe(now -> refill());
  }

  /** Makes the buttons anew when there are other lines than before. */
  void fill(FlowPane host, ChartInput input) {
    pane = host;
    List<String> now = input.names();
    boolean withPhases = input.panes().contains(Pane.PHASES);
    if (!now.equals(names) || withPhases != phases) {
      names = now;
      phases = withPhases;
      refill();
    }
  }

  private void refill() {
    if (pane == null) {
      return;
    }
    List<Node> items = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      items.add(button(names.get(i), i));
    }
    for (Phase phase : phases ? Phase.values() : new Phase[0]) {
      Label label =
          new Label(
              texts.get("phase." + phase.label()), swatch(palette.getValue().phase(phase), 10, 10));
      label.getStyleClass().add("legend-phase");
      items.add(label);
    }
    pane.getChildren().setAll(items);
  }

  private ToggleButton button(String name, int index) {
    ToggleButton button = new ToggleButton(name, swatch(palette.getValue().line(index), 14, 4));
    button.getStyleClass().add("legend-item");
    button.setSelected(!model.looksProperty().get().hidden().contains(name));
    button.setTooltip(new Tooltip(texts.get("results.legend.tip", name)));
    button
        .selectedProperty()
        .addListener((property, before, now) -> {
          Set<String> hidden = new LinkedHashSet<>(model.looksProperty().get().hidden());
          if (now) {
            hidden.remove(name);
          } else {
            hidden.add(name);
          }
          model.looksProperty().set(model.looksProperty().get().withHidden(hidden));
        });
    return button;
  }

  private static Rectangle swatch(Color color, double width, double height) {
    Rectangle swatch = new Rectangle(width, height, color);
    swatch.setArcWidth(3);
    swatch.setArcHeight(3);
    return swatch;
  }
}
