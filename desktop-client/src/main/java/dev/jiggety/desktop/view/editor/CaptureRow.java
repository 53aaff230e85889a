package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.editor.RowsBox.Row;
import dev.jiggety.desktop.view.editor.form.Group;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** What is remembered of an answer, for the requests after it. */
final class CaptureRow implements Row {
  private final Group group;
  private final Field field = new Field();

  CaptureRow(Texts texts, Group group, Button remove) {
    this.group = group;
    if (group.text("from").get().isEmpty()) {
      group.text("from").set(Options.of("from").getFirst());
    }
    TextField name = PairRow.text(texts, "editor.capture.name", group, "name");
    name.setPrefColumnCount(8);
    ComboBox<String> from = new ComboBox<>();
    new Options(texts).dress(from, "from");
    from.getItems().setAll(Options.of("from"));
    from.valueProperty().bindBidirectional(group.text("from"));
    from.setAccessibleText(texts.get("editor.capture.from"));
    TextField expression = PairRow.text(texts, "editor.capture.expression", group, "expression");
    expression.getStyleClass().add("code");
    HBox.setHgrow(expression, Priority.ALWAYS);
    CheckBox secret = new CheckBox(texts.get("editor.capture.secret"));
    secret.setMinWidth(CheckBox.USE_PREF_SIZE);
    secret.selectedProperty().bindBidirectional(group.flag("secret"));
    field.setContent(PairRow.line(name, from, expression, secret, remove));
    field.setHelp(texts.get("help.http.capture", Binder.SECRET, Binder.CAPTURED));
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
    field.setPlace(
        String.join(",", place, place + ".name", place + ".from", place + ".expression"));
  }
}
