package dev.jiggety.desktop.widget;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import java.io.File;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/** Ties what is said of the operator's key to its view model, wherever it is shown. */
public final class KeyController {
  private final KeyViewModel model;
  private final Texts texts;
  private final Parent view;
  private @Nullable Pin pin;

  @FXML private Label state;
  @FXML private Label remedy;
  @FXML private HBox commandRow;
  @FXML private TextField command;
  @FXML private HBox creating;
  @FXML private TextField owner;

  public KeyController(KeyViewModel model, Desk desk) {
    this.model = model;
    this.texts = desk.texts();
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    state.textProperty().bind(model.stateProperty());
    remedy.textProperty().bind(model.remedyProperty());
    command.textProperty().bind(model.commandProperty());
    owner.textProperty().bindBidirectional(model.nameProperty());
    shown(remedy, model.remedyProperty().isNotEmpty());
    shown(commandRow, model.commandProperty().isNotEmpty());
    shown(creating, model.missingProperty());
  }

  /** What is shown. */
  public Parent view() {
    return view;
  }

  /** It is about to be seen. */
  public void activate() {
    deactivate();
    pin = model.activate();
  }

  /** It is no longer seen. */
  public void deactivate() {
    if (pin != null) {
      pin.close();
      pin = null;
    }
  }

  @FXML
  void createKey() {
    model.create();
  }

  @FXML
  void chooseKey() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(texts.get("key.choose"));
    File file = chooser.showOpenDialog(view.getScene().getWindow());
    if (file != null) {
      model.choose(file.toPath());
    }
  }

  @FXML
  void copyCommand() {
    Clipboard.getSystemClipboard()
        .setContent(Map.of(DataFormat.PLAIN_TEXT, model.commandProperty().get()));
  }

  private static void shown(Node node, ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
  }
}
