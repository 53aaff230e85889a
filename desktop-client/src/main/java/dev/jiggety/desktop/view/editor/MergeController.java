package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.document.Contents.FieldDifference.Who;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;
import org.jspecify.annotations.Nullable;

/** Two versions of a test beside what both began with, and which is taken of each field. */
final class MergeController {
  private static final int LONGEST = 60;

  private final EditorViewModel model;
  private final Texts texts;
  private final Parent view;

  @FXML private Label text;
  @FXML private ScrollPane pane;
  @FXML private GridPane grid;
  @FXML private Button merge;
  @FXML private Button takeTheirs;

  MergeController(EditorViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.view = new Fxml(texts).load(this);
    model.conflictProperty().subscribe(this::show);
  }

  Parent view() {
    return view;
  }

  @FXML
  void merge() {
    model.merge();
  }

  @FXML
  void takeTheirs() {
    model.takeTheirs();
  }

  private void show(@Nullable Merge between) {
    Parts.show(view, between != null);
    grid.getChildren().clear();
    if (between == null) {
      return;
    }
    boolean gone = between.theirs() == null;
    Parts.show(takeTheirs, !gone);
    Parts.show(pane, !gone && !between.rows().isEmpty());
    merge.setText(texts.get(gone ? "editor.createAgain" : "editor.merge"));
    String theirs = String.join(", ", between.changedThere());
    String both = String.join(", ", between.changedByBoth());
    text.setText(
        gone
            ? texts.get("editor.conflict.deleted")
            : both.isEmpty()
                ? texts.get("editor.conflict", theirs)
                : texts.get("editor.conflict.both", theirs, both));
    grid.addRow(
        0,
        head("editor.merge.field"),
        head("editor.merge.base"),
        head("editor.merge.theirs"),
        head("editor.merge.mine"));
    between.rows().forEach(this::add);
  }

  private Label head(String key) {
    Label label = new Label(texts.get(key));
    label.getStyleClass().add("merge-head");
    return label;
  }

  private void add(Merge.Row row) {
    Label place = new Label(row.place());
    if (row.who() == Who.CONFLICT) {
      place.getStyleClass().add("merge-conflict");
    }
    ToggleGroup group = new ToggleGroup();
    RadioButton theirs = choice(row.theirs(), group, "editor.merge.take.theirs", row);
    RadioButton mine = choice(row.mine(), group, "editor.merge.take.mine", row);
    (row.takeMine().get() ? mine : theirs).setSelected(true);
    row.takeMine().bind(mine.selectedProperty());
    grid.addRow(grid.getRowCount(), place, new Label(cut(row.base())), theirs, mine);
  }

  private RadioButton choice(String value, ToggleGroup group, String key, Merge.Row row) {
    RadioButton button = new RadioButton(cut(value));
    button.setMnemonicParsing(false);
    button.setToggleGroup(group);
    button.setAccessibleText(texts.get(key, row.place(), value));
    button.setTooltip(new Tooltip(value.isEmpty() ? texts.get("editor.merge.nothing") : value));
    return button;
  }

  private String cut(String value) {
    String line = value.replace("\n", "↵ ");
    return line.isEmpty()
        ? texts.get("editor.merge.nothing")
        : line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
