package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.fx.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * One part in plain words: what is the matter and what to do about it, what it reports, and how its
 * name and tags are changed.
 */
final class PartDetails {
  private final VBox box;
  private final Texts texts;
  private final PartWords words;
  private List<Object> shown = List.of();

  PartDetails(VBox box, Texts texts, PartWords words) {
    this.box = box;
    this.texts = texts;
    this.words = words;
  }

  /** Shows a part; null for none. Draws only what has become different. */
  void show(@Nullable Part part) {
    if (part == null) {
      shown = List.of();
      box.getChildren().setAll(hint(texts.get("nodes.details.none")));
      return;
    }
    List<PartWords.Line> lines = words.lines(part);
    List<Object> now = List.of(part.key(), part.severity(), troubles(part), lines);
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    List<Node> all = new ArrayList<>();
    Label title = new Label(part.name());
    title.getStyleClass().add("section-title");
    all.add(new HBox(10, title, hint(words.kind(part))));
    if (part.troubles().isEmpty()) {
      Label well = new Label(texts.get("nodes.details.well"), new FontIcon(Feather.CHECK_CIRCLE));
      well.getStyleClass().add("verdict-up");
      all.add(well);
    }
    part.troubles().forEach(trouble -> all.add(trouble(trouble, part)));
    all.add(table(lines));
    if (part.node() != null) {
      all.add(heading(texts.get("nodes.change.title")));
      all.add(hint(texts.get("nodes.change.text")));
      all.add(heading(texts.get("nodes.retire.title")));
      all.add(hint(texts.get("nodes.retire.text")));
    }
    box.getChildren().setAll(all);
  }

  private List<String> troubles(Part part) {
    return part.troubles().stream().map(words::trouble).toList();
  }

  private Node trouble(Trouble trouble, Part part) {
    FontIcon icon = new FontIcon(trouble.isBad() ? Feather.X_OCTAGON : Feather.ALERT_TRIANGLE);
    icon.getStyleClass()
        .addAll("verdict-icon", trouble.isBad() ? "verdict-down" : "verdict-degraded");
    Label what = wrapped(words.trouble(trouble));
    what.setGraphic(icon);
    what.getStyleClass().add("part-trouble");
    Label remedy = hint(words.remedy(trouble, part));
    VBox both = new VBox(4, what, remedy);
    both.getStyleClass().addAll("part-card", trouble.isBad() ? "part-bad" : "part-odd");
    return both;
  }

  private Node table(List<PartWords.Line> lines) {
    GridPane grid = new GridPane(14, 5);
    ColumnConstraints wide = new ColumnConstraints();
    wide.setHgrow(Priority.ALWAYS);
    grid.getColumnConstraints().addAll(new ColumnConstraints(), wide);
    int row = 0;
    for (PartWords.Line line : lines) {
      Label what = hint(line.what());
      what.setWrapText(false);
      what.setMinWidth(Label.USE_PREF_SIZE);
      Label value = wrapped(line.value());
      value.getStyleClass().add("figure");
      grid.addRow(row++, what, value);
    }
    return grid;
  }

  private static Label heading(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("part-heading");
    return label;
  }

  private static Label hint(String text) {
    Label label = wrapped(text);
    label.getStyleClass().add("hint");
    return label;
  }

  private static Label wrapped(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Label.USE_PREF_SIZE);
    return label;
  }
}
