package dev.jiggety.desktop.view.start;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.view.start.StartViewModel.Page;
import dev.jiggety.desktop.view.start.StartViewModel.Step;
import java.util.Locale;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Ties the first start to its view model. */
public final class StartController implements Activity {
  private final StartViewModel model;
  private final Desk desk;
  private final Parent view;

  @FXML private VBox choice;
  @FXML private VBox trial;
  @FXML private VBox couch;
  @FXML private VBox under;
  @FXML private VBox trialSteps;
  @FXML private VBox couchSteps;
  @FXML private Button tryHere;
  @FXML private Button again;
  @FXML private Button look;
  @FXML private Button provision;
  @FXML private Button go;
  @FXML private Button stop;
  @FXML private Node progress;
  @FXML private Label startProblem;
  @FXML private TextField couchUrl;
  @FXML private TextField couchUser;
  @FXML private PasswordField couchPassword;

  public StartController(StartViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.view = new Fxml(desk.texts()).load(this);
  }

  @FXML
  void initialize() {
    Map<Page, Node> pages = Map.of(Page.CHOICE, choice, Page.TRIAL, trial, Page.COUCH, couch);
    pages.forEach((page, node) -> show(node, model.pageProperty().isEqualTo(page)));
    show(under, model.pageProperty().isNotEqualTo(Page.CHOICE));
    couchUrl.textProperty().bindBidirectional(model.urlProperty());
    couchUser.textProperty().bindBidirectional(model.userProperty());
    couchPassword.textProperty().bindBidirectional(model.passwordProperty());
    startProblem.textProperty().bind(model.problemProperty());
    show(startProblem, startProblem.textProperty().isNotEmpty());
    show(stop, model.busyProperty());
    show(progress, model.busyProperty());
    show(
        again,
        Bindings.and(
            model.pageProperty().isEqualTo(Page.TRIAL), model.problemProperty().isNotEmpty()));
    look.disableProperty().bind(model.busyProperty());
    provision.disableProperty().bind(model.busyProperty().or(model.mayProvisionProperty().not()));
    go.disableProperty().bind(model.busyProperty().or(model.readyProperty().not()));
    model.steps().addListener((ListChangeListener<Step>) change -> showSteps());
    model.pageProperty().subscribe(page -> focus(page));
  }

  @Override
  public Parent view() {
    return view;
  }

  @Override
  public void activate() {
    focus(model.pageProperty().get());
  }

  @FXML
  void tryHere() {
    model.tryHere();
  }

  @FXML
  void connect() {
    model.connect();
  }

  @FXML
  void couch() {
    model.couch();
  }

  @FXML
  void look() {
    model.look();
  }

  @FXML
  void provision() {
    model.provision();
  }

  @FXML
  void go() {
    model.go();
  }

  @FXML
  void cancel() {
    model.cancel();
  }

  @FXML
  void back() {
    model.choose();
  }

  private void focus(Page page) {
    switch (page) {
      case CHOICE -> tryHere.requestFocus();
      case TRIAL -> stop.requestFocus();
      case COUCH -> couchPassword.requestFocus();
    }
  }

  private void showSteps() {
    VBox host = model.pageProperty().get() == Page.COUCH ? couchSteps : trialSteps;
    host.getChildren().setAll(model.steps().stream().map(this::label).toList());
  }

  private Label label(Step step) {
    FontIcon icon =
        new FontIcon(
            switch (step.state()) {
              case WAITING -> Feather.CIRCLE;
              case RUNNING -> Feather.LOADER;
              case DONE -> Feather.CHECK_CIRCLE;
              case FAILED -> Feather.X_CIRCLE;
            });
    Label label = new Label(step.words(), icon);
    label.setWrapText(true);
    label
        .getStyleClass()
        .addAll("start-step", "start-" + step.state().name().toLowerCase(Locale.ROOT));
    label.setAccessibleText(
        desk.texts().get("start.state." + step.state().name().toLowerCase(Locale.ROOT))
            + ": "
            + step.words());
    return label;
  }

  private static void show(Node node, ObservableValue<Boolean> when) {
    node.visibleProperty().bind(when);
    node.managedProperty().bind(when);
  }
}
