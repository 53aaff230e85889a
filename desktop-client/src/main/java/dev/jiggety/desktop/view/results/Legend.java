package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Palette;
import dev.jiggety.desktop.chart.ResponseChart;
import dev.jiggety.desktop.chart.Series;
import dev.jiggety.desktop.feed.RunPoint;
import dev.jiggety.desktop.fx.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/** A button for each line of the chart, which shows and hides it. */
final class Legend {
  private final Texts texts;
  private final ObservableValue<Palette> palette;
  private final ResponseChart<?> chart;
  private final Set<String> hidden = new LinkedHashSet<>();
  private List<String> names = List.of();
  private @Nullable FlowPane pane;

  Legend(Texts texts, ObservableValue<Palette> palette, ResponseChart<?> chart) {
    this.texts = texts;
    this.palette = palette;
    this.chart = chart;
    palette.subscribe(now -> refill());
  }

  /** Makes the buttons anew when there are other lines than before. */
  void fill(FlowPane host, List<Series<RunPoint>> lines) {
    pane = host;
    List<String> now = lines.stream().map(Series::name).toList();
    if (!now.equals(names)) {
      names = now;
      refill();
    }
  }

  private void refill() {
    if (pane == null) {
      return;
    }
    List<ToggleButton> buttons = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      buttons.add(button(names.get(i), i));
    }
    pane.getChildren().setAll(buttons);
  }

  private ToggleButton button(String name, int index) {
    Rectangle swatch = new Rectangle(14, 4, palette.getValue().line(index));
    swatch.setArcWidth(3);
    swatch.setArcHeight(3);
    ToggleButton button = new ToggleButton(name, swatch);
    button.getStyleClass().add("legend-item");
    button.setSelected(!hidden.contains(name));
    button.setTooltip(new Tooltip(texts.get("results.legend.tip", name)));
    button
        .selectedProperty()
        .addListener((property, before, now) -> {
          if (now) {
            hidden.remove(name);
          } else {
            hidden.add(name);
          }
          chart.setHidden(List.copyOf(hidden));
        });
    return button;
  }
}
