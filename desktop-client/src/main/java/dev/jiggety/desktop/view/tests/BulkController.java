package dev.jiggety.desktop.view.tests;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.tests.BulkViewModel.Preview;
import dev.jiggety.desktop.view.tests.BulkViewModel.Running;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Changes several tests at once. */
final class BulkController {
  private final BulkViewModel model;
  private final Texts texts;
  private final Parent view;

  @FXML private Label title;
  @FXML private TextField addTags;
  @FXML private TextField removeTags;
  @FXML private TextField every;
  @FXML private TextField whereTags;
  @FXML private TextField whereNodes;
  @FXML private ComboBox<Running> running;
  @FXML private Label problem;
  @FXML private ScrollPane pane;
  @FXML private Label lines;
  @FXML private Button applyBulk;

  BulkController(BulkViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.view = new Fxml(texts).load(this);
    addTags.textProperty().bindBidirectional(model.addTagsProperty());
    removeTags.textProperty().bindBidirectional(model.removeTagsProperty());
    every.textProperty().bindBidirectional(model.everyProperty());
    whereTags.textProperty().bindBidirectional(model.whereTagsProperty());
    whereNodes.textProperty().bindBidirectional(model.whereNodesProperty());
    running.getItems().setAll(Running.values());
    running.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Running value) {
            return value == null ? "" : texts.get("tests.bulk.running." + value.name());
          }

          @Override
          public Running fromString(String text) {
            throw new UnsupportedOperationException("only chosen, never typed");
          }
        });
    running.valueProperty().bindBidirectional(model.runningProperty());
    model.previewProperty().subscribe(this::show);
    about(0);
  }

  Parent view() {
    return view;
  }

  /** Of how many tests it is; it is seen only when there are several. */
  void about(int tests) {
    show(view, tests > 1);
    title.setText(texts.get("tests.bulk.title", tests));
  }

  @FXML
  void apply() {
    model.apply();
  }

  private void show(Preview preview) {
    problem.setText(preview.problem());
    show(problem, !preview.problem().isEmpty());
    lines.setText(String.join("\n", preview.lines()));
    show(pane, !preview.lines().isEmpty());
    applyBulk.setDisable(!preview.isReady());
  }

  private static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
