package dev.jiggety.desktop.view.editor;

import javafx.fxml.FXML;
import javafx.scene.control.TextArea;

/** The settings of a kind that only a jar of somebody else knows, as they stand. */
final class OtherController extends Section {
  @FXML private Field settingsField;
  @FXML private TextArea settings;

  OtherController(Parts parts) {
    super(parts, parts.form().head(), "");
    settings.textProperty().bindBidirectional(parts.form().settings());
    parts.form().kind().subscribe(kind -> settingsField.setPlace(kind));
  }
}
