package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.view.nodes.NewNodeViewModel.Stage;
import dev.jiggety.desktop.widget.Ages;
import java.time.Duration;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Ties the way in which a node is let in to its view model. */
final class NewNodeController {
  private final NewNodeViewModel model;
  private final Texts texts;
  private final Ages ages;
  private final Runnable closed;
  private final Parent view;

  @FXML private VBox form;
  @FXML private TextField newTags;
  @FXML private TextField newName;
  @FXML private TextField newPlace;
  @FXML private ComboBox<Duration> newValid;
  @FXML private Label problem;
  @FXML private VBox commandBox;
  @FXML private TextArea command;
  @FXML private Label validity;
  @FXML private Label progress;
  @FXML private Button invite;
  @FXML private Button again;
  @FXML private Button closeNew;

  /**
   * A wizard.
   *
   * @param closed is told when the person is done with it
   */
  NewNodeController(NewNodeViewModel model, Desk desk, Runnable closed) {
    this.model = model;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.closed = closed;
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    newTags.textProperty().bindBidirectional(model.tagsProperty());
    newName.textProperty().bindBidirectional(model.nameProperty());
    newPlace.textProperty().bindBidirectional(model.placeProperty());
    newValid.getItems().setAll(NewNodeViewModel.VALID);
    newValid.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Duration value) {
            return value == null ? "" : ages.length(value.toSeconds());
          }

          @Override
          public Duration fromString(String text) {
            throw new UnsupportedOperationException("only chosen, never typed");
          }
        });
    newValid.valueProperty().bindBidirectional(model.validProperty());
    problem.textProperty().bind(model.problemProperty());
    command.textProperty().bind(model.commandProperty());
    validity.textProperty().bind(model.validityProperty());
    progress.textProperty().bind(model.progressProperty());
    shown(problem, model.problemProperty().isNotEmpty());
    shown(progress, model.progressProperty().isNotEmpty());
    shown(commandBox, model.commandProperty().isNotEmpty());
    ObservableValue<Boolean> isForm = model.stageProperty().map(it -> it == Stage.FORM);
    shown(form, isForm);
    shown(invite, isForm);
    shown(again, isForm.map(it -> !it));
    model.stageProperty().subscribe(this::show);
  }

  Parent view() {
    return view;
  }

  @FXML
  void inviteNode() {
    model.invite();
  }

  @FXML
  void inviteAnother() {
    model.clear();
    newTags.requestFocus();
  }

  @FXML
  void closeWizard() {
    model.clear();
    closed.run();
  }

  @FXML
  void copyCommand() {
    Clipboard.getSystemClipboard()
        .setContent(Map.of(DataFormat.PLAIN_TEXT, model.commandProperty().get()));
  }

  private void show(Stage stage) {
    boolean isDone = stage == Stage.RUNS;
    FontIcon icon = new FontIcon(isDone ? Feather.CHECK_CIRCLE : Feather.CLOCK);
    icon.getStyleClass().addAll("verdict-icon", isDone ? "verdict-up" : "verdict-unknown");
    progress.setGraphic(icon);
    closeNew.setText(texts.get(stage == Stage.RUNS ? "nodes.new.done" : "nodes.new.close"));
  }

  private static void shown(Node node, ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
  }
}
