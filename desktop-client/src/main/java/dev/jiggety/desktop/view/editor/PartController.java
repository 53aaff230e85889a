package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.form.Group;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;

/** A part of a multipart body: a field, or a file whose content travels with the test. */
final class PartController extends Section {
  @FXML private HBox line;

  PartController(Parts parts, Group group, Button remove) {
    super(parts, group, "");
    line.getChildren().add(remove);
  }
}
