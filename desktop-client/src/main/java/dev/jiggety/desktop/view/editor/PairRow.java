package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.editor.RowsBox.Row;
import dev.jiggety.desktop.view.editor.form.Group;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** A name and a value: of a header, a form, a variable. */
final class PairRow implements Row {
  private final Group group;
  private final Field field = new Field();

  PairRow(Parts parts, Group group, Button remove) {
    this.group = group;
    Texts texts = parts.texts();
    TextField name = text(texts, "editor.pair.name", group, "name");
    name.setPrefColumnCount(13);
    TextField value = text(texts, "editor.pair.value", group, "value");
    HBox.setHgrow(value, Priority.ALWAYS);
    Secrets.offer(value, parts.secrets());
    field.setContent(line(name, value, remove));
  }

  /** A field of a row, which says in itself what it is for. */
  static TextField text(Texts texts, String key, Group group, String name) {
    TextField input = new TextField();
    input.setPromptText(texts.get(key));
    input.setAccessibleText(texts.get(key));
    input.setMinWidth(60);
    input.textProperty().bindBidirectional(group.text(name));
    return input;
  }

  static HBox line(Node... parts) {
    HBox box = new HBox(8, parts);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  @Override
  public Group group() {
    return group;
  }

  @Override
  public Node view() {
    return field;
  }

  @Override
  public void at(String place) {
    String named =
        place.replaceFirst("\\[\\d+]$", "." + group.text("name").get().strip()); // of variables
    field.setPlace(String.join(",", place, place + ".name", place + ".value", named));
  }
}
