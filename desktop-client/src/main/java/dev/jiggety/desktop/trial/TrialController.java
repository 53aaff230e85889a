package dev.jiggety.desktop.trial;

import atlantafx.base.controls.RingProgressIndicator;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.run.RunPane;
import dev.jiggety.desktop.trial.TrialViewModel.Where;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Run;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Ties what is shown of a trial to its view model. */
public final class TrialController {
  private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

  /** So many results are shown side by side. */
  private static final int SIDE_BY_SIDE = 2;

  /** How much of the room the list of nodes takes. */
  private static final double LIST = 0.24;

  private final TrialViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final List<RunPane> panes = new ArrayList<>();
  private boolean isUpdating;

  @FXML private ToggleButton here;
  @FXML private ToggleButton onChosen;
  @FXML private ToggleButton onAll;
  @FXML private MenuButton choice;
  @FXML private Button run;
  @FXML private Button cancel;
  @FXML private RingProgressIndicator progress;
  @FXML private Label state;
  @FXML private Label problem;
  @FXML private SplitPane results;
  @FXML private VBox list;
  @FXML private ListView<TrialRow> rows;
  @FXML private HBox runs;

  @SuppressWarnings("NullAway.Init") // made when the view is loaded
  TrialController(TrialViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
  }

  @FXML
  void initialize() {
    ToggleGroup places = new ToggleGroup();
    places.getToggles().setAll(here, onChosen, onAll);
    here.setUserData(Where.HERE);
    onChosen.setUserData(Where.CHOSEN);
    onAll.setUserData(Where.ALL);
    places
        .selectedToggleProperty()
        .addListener((_, before, now) -> {
          if (now == null) {
            places.selectToggle(before); // one of them is always meant
          } else {
            model.whereProperty().set((Where) now.getUserData());
          }
        });
    model
        .whereProperty()
        .subscribe(where ->
            places.getToggles().stream()
                .filter(toggle -> where.equals(toggle.getUserData()))
                .forEach(places::selectToggle));
    choice.visibleProperty().bind(onChosen.selectedProperty());
    choice.managedProperty().bind(choice.visibleProperty());
    model.nodes().addListener((ListChangeListener<String>) _ -> offerNodes());
    model.chosen().addListener((ListChangeListener<String>) _ -> nameChosen());
    offerNodes();
    run.disableProperty().bind(model.runningProperty());
    shownWhileRunning(cancel);
    shownWhileRunning(progress);
    state.textProperty().bind(model.stateProperty());
    problem.textProperty().bind(model.problemProperty());
    problem.visibleProperty().bind(model.problemProperty().isNotEmpty());
    problem.managedProperty().bind(problem.visibleProperty());
    prepareResults();
  }

  private void prepareResults() {
    rows.setItems(FXCollections.observableArrayList());
    rows.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    rows.setCellFactory(_ -> new RowCell());
    rows.getSelectionModel()
        .getSelectedItems()
        .addListener((ListChangeListener<TrialRow>) _ -> showRuns());
    model.rows().addListener((ListChangeListener<TrialRow>) _ -> showRows());
    SplitPane.setResizableWithParent(list, false);
    showRows();
  }

  private void shownWhileRunning(Node node) {
    node.visibleProperty().bind(model.runningProperty());
    node.managedProperty().bind(node.visibleProperty());
  }

  private void offerNodes() {
    List<CheckMenuItem> items = new ArrayList<>();
    for (String node : model.nodes()) {
      CheckMenuItem item = new CheckMenuItem(node);
      item.setMnemonicParsing(false);
      item.setSelected(model.chosen().contains(node));
      item.selectedProperty()
          .subscribe(is -> {
            if (!is) {
              model.chosen().remove(node);
            } else if (!model.chosen().contains(node)) {
              model.chosen().add(node);
            }
          });
      items.add(item);
    }
    choice.getItems().setAll(items);
    nameChosen();
  }

  private void nameChosen() {
    List<String> names = model.chosen().stream().sorted().toList();
    choice.setText(
        switch (names.size()) {
          case 0 -> texts.get("trial.choose");
          case 1 -> names.getFirst();
          default -> texts.get("names.more", names.getFirst(), names.size() - 1);
        });
  }

  /** Selection stays on who was selected; the first result is shown by itself. */
  private void showRows() {
    List<String> selected =
        rows.getSelectionModel().getSelectedItems().stream().map(TrialRow::who).toList();
    isUpdating = true; // what the selection does meanwhile is not what anybody has chosen
    rows.getItems().setAll(model.rows());
    results.setVisible(!model.rows().isEmpty());
    results.setManaged(!model.rows().isEmpty());
    showList(model.rows().size() > 1);
    for (int i = 0; i < model.rows().size(); i++) {
      if (selected.contains(model.rows().get(i).who())) {
        rows.getSelectionModel().select(i);
      }
    }
    boolean nothing =
        rows.getSelectionModel().getSelectedItems().stream().allMatch(row -> row.run() == null);
    if (nothing) {
      for (int i = 0; i < model.rows().size(); i++) {
        if (model.rows().get(i).run() != null) {
          rows.getSelectionModel().clearAndSelect(i);
          break;
        }
      }
    }
    isUpdating = false;
    showRuns();
  }

  private void showList(boolean is) {
    if (is && !results.getItems().contains(list)) {
      results.getItems().addFirst(list);
      results.setDividerPositions(LIST);
    } else if (!is) {
      results.getItems().remove(list);
    }
  }

  private void showRuns() {
    if (isUpdating) {
      return;
    }
    List<TrialRow> shown =
        rows.getSelectionModel().getSelectedItems().stream()
            .filter(row -> row != null && row.run() != null)
            .limit(SIDE_BY_SIDE)
            .toList();
    while (panes.size() < shown.size()) {
      RunPane pane = new RunPane(desk);
      HBox.setHgrow(pane, Priority.ALWAYS);
      pane.setMinWidth(0);
      panes.add(pane);
    }
    for (int i = 0; i < shown.size(); i++) {
      Run found = shown.get(i).run();
      if (found != null) {
        panes.get(i).show(model.name(), found, shown.get(i).pictures());
      }
    }
    if (!runs.getChildren().equals(panes.subList(0, shown.size()))) {
      runs.getChildren().setAll(panes.subList(0, shown.size()));
    }
  }

  @FXML
  void runNow() {
    model.run();
  }

  @FXML
  void cancelRun() {
    model.cancel();
  }

  private final class RowCell extends ListCell<TrialRow> {
    @Override
    protected void updateItem(TrialRow row, boolean empty) {
      super.updateItem(row, empty);
      if (empty || row == null) {
        setText("");
        setGraphic(null);
        setAccessibleText(null);
        pseudoClassStateChanged(BAD, false);
        return;
      }
      setText(row.who() + "\n" + row.text());
      setWrapText(true);
      setPrefWidth(0);
      setGraphic(row.run() == null ? null : VerdictLook.of(row.run().verdict()).icon());
      setAccessibleText(texts.get("trial.row", row.who(), row.text()));
      pseudoClassStateChanged(
          BAD, row.state() == TrialRow.State.SILENT || row.state() == TrialRow.State.REFUSED);
    }
  }
}
