package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.form.Group;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A request that goes ahead of the main one. */
final class BeforeController extends Section {
  private final RequestController request;

  @FXML private HBox line;
  @FXML private VBox body;

  BeforeController(Parts parts, Group group, Button remove) {
    super(parts, group, "");
    request = new RequestController(parts, group, "");
    line.getChildren().add(remove);
    body.getChildren().add(request.view());
  }

  /** Tells all of its fields where it stands. */
  void place(String place) {
    at(place);
    request.at(place);
  }
}
