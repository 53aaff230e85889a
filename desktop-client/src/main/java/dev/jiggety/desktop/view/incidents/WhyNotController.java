package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.navigation.Desk;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** Ties the question why there was no alert to its view model. */
public final class WhyNotController {
  private final WhyNotViewModel model;
  private final Parent view;

  @FXML private ComboBox<WhyNotViewModel.Choice> whyTest;
  @FXML private TextField whyTime;
  @FXML private Button explain;
  @FXML private Button cancel;
  @FXML private ProgressIndicator progress;
  @FXML private Label problem;
  @FXML private VBox lines;

  WhyNotController(WhyNotViewModel model, Desk desk) {
    this.model = model;
    this.view = new Fxml(desk.texts()).load(this);
  }

  @FXML
  void initialize() {
    whyTest.setItems(model.tests());
    whyTest.valueProperty().bindBidirectional(model.testProperty());
    whyTime.textProperty().bindBidirectional(model.timeProperty());
    explain.disableProperty().bind(model.busyProperty().or(whyTest.valueProperty().isNull()));
    progress.visibleProperty().bind(model.busyProperty());
    cancel.visibleProperty().bind(model.busyProperty());
    problem.textProperty().bind(model.problemProperty());
    problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
    problem.managedProperty().bind(problem.visibleProperty());
    model
        .linesProperty()
        .subscribe(now ->
            lines.getChildren().setAll(now.stream().map(IncidentController::sentence).toList()));
  }

  Parent view() {
    return view;
  }

  @FXML
  void explain() {
    model.explain();
  }

  @FXML
  void cancel() {
    model.cancel();
  }
}
