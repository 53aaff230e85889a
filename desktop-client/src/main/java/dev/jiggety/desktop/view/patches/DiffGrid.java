package dev.jiggety.desktop.view.patches;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.document.Contents.FieldDifference;
import dev.jiggety.document.Contents.FieldDifference.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** Differences of a document, a row for each field: old and new, or was, theirs and mine. */
final class DiffGrid extends GridPane {
  /** Members of each document that say nothing to a person who makes or deletes one. */
  private static final Set<String> ENVELOPE = Set.of("_id", "type", "schema");

  private static final double FIELD = 150;

  private final Texts texts;

  /** Hears which side was chosen for a field. */
  @FunctionalInterface
  interface Chooser {
    void choose(FieldDifference field, boolean mine);
  }

  /** Says which side is chosen for a field; null for none. */
  @FunctionalInterface
  interface Chosen {
    @Nullable Boolean isMine(FieldDifference field);
  }

  private DiffGrid(Texts texts) {
    this.texts = texts;
    getStyleClass().add("diff");
  }

  /** Old and new. */
  static DiffGrid twoWay(Texts texts, List<FieldDifference> fields) {
    DiffGrid grid = new DiffGrid(texts);
    grid.columns(2);
    int row = 0;
    for (FieldDifference field : fields) {
      if (!ENVELOPE.contains(field.place())) {
        grid.addRow(
            row++,
            grid.place(field),
            grid.value(field.base(), "diff-old"),
            grid.value(field.mine(), "diff-new"));
      }
    }
    return grid;
  }

  /** What both began with, theirs, mine; where they differ, one of them is chosen. */
  static DiffGrid threeWay(
      Texts texts, List<FieldDifference> fields, Chosen chosen, Chooser chooser) {
    DiffGrid grid = new DiffGrid(texts);
    grid.columns(3);
    grid.addRow(
        0, new Label(), grid.head("diff.was"), grid.head("diff.theirs"), grid.head("diff.mine"));
    int row = 1;
    for (FieldDifference field : fields) {
      ToggleGroup sides = new ToggleGroup();
      Node theirs = grid.side(sides, field, false, chosen, chooser);
      Node mine = grid.side(sides, field, true, chosen, chooser);
      Label place = grid.place(field);
      if (field.who() == Who.CONFLICT) {
        place.getStyleClass().add("diff-conflict");
      }
      grid.addRow(row++, place, grid.value(field.base(), "diff-base"), theirs, mine);
    }
    return grid;
  }

  private void columns(int values) {
    ColumnConstraints place = new ColumnConstraints(90, FIELD, FIELD + 60);
    getColumnConstraints().add(place);
    for (int i = 0; i < values; i++) {
      ColumnConstraints value = new ColumnConstraints(80, 200, Double.MAX_VALUE);
      value.setHgrow(Priority.ALWAYS);
      value.setFillWidth(true);
      value.setPercentWidth(values == 2 ? 38 : 27);
      getColumnConstraints().add(value);
    }
  }

  private Label head(String key) {
    Label label = new Label(texts.get(key));
    label.getStyleClass().add("diff-head");
    return label;
  }

  private Label place(FieldDifference field) {
    Label label = new Label(field.place());
    label.getStyleClass().add("diff-place");
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  private Label value(@Nullable JsonElement value, String style) {
    Label label = new Label(text(value));
    label.getStyleClass().addAll("diff-value", value == null ? "diff-nothing" : style);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.setMaxWidth(Double.MAX_VALUE);
    return label;
  }

  private Node side(
      ToggleGroup sides, FieldDifference field, boolean mine, Chosen chosen, Chooser chooser) {
    Label value = value(mine ? field.mine() : field.theirs(), mine ? "diff-mine" : "diff-theirs");
    if (field.who() == Who.SAME) {
      return value;
    }
    RadioButton button = new RadioButton();
    button.setToggleGroup(sides);
    button.setAccessibleText(texts.get(mine ? "diff.takeMine" : "diff.takeTheirs", field.place()));
    button.setId((mine ? "mine-" : "theirs-") + field.place());
    Boolean now = chosen.isMine(field);
    button.setSelected(now != null && now == mine);
    button
        .selectedProperty()
        .addListener((property, before, is) -> {
          if (is) {
            chooser.choose(field, mine);
          }
        });
    HBox box = new HBox(6, button, value);
    HBox.setHgrow(value, Priority.ALWAYS);
    return box;
  }

  private String text(@Nullable JsonElement value) {
    return switch (value) {
      case null -> texts.get("diff.nothing");
      case JsonPrimitive primitive -> primitive.getAsString();
      case JsonArray array when array.asList().stream().allMatch(JsonElement::isJsonPrimitive) ->
          array.asList().stream().map(JsonElement::getAsString).collect(Collectors.joining(", "));
      case JsonArray array -> lines(array);
      default -> value.toString();
    };
  }

  private static String lines(JsonArray array) {
    List<String> lines = new ArrayList<>();
    array.forEach(item -> lines.add(item.toString()));
    return String.join("\n", lines);
  }
}
