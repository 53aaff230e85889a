package dev.jiggety.desktop.view.tests;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.tests.ImportViewModel.Candidate;
import dev.jiggety.desktop.view.tests.ImportViewModel.Plan;
import dev.jiggety.model.rules.Schedules;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Shows what comes of an import, and what is lost, before anything is done. */
final class ImportController {
  private final ImportViewModel model;
  private final Texts texts;
  private final Parent view;

  @FXML private Label title;
  @FXML private VBox candidates;
  @FXML private Label leftTitle;
  @FXML private Label left;
  @FXML private Button acceptImport;

  ImportController(ImportViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.view = new Fxml(texts).load(this);
    model.planProperty().subscribe(this::show);
  }

  Parent view() {
    return view;
  }

  @FXML
  void accept() {
    model.accept();
  }

  @FXML
  void dismiss() {
    model.dismiss();
  }

  private void show(@Nullable Plan plan) {
    view.setVisible(plan != null);
    view.setManaged(plan != null);
    if (plan == null) {
      return;
    }
    title.setText(texts.get("tests.import.title", plan.candidates().size(), plan.source()));
    candidates.getChildren().setAll(plan.candidates().stream().map(this::line).toList());
    left.setText(String.join("\n", plan.left()));
    leftTitle.setVisible(!plan.left().isEmpty());
    leftTitle.setManaged(!plan.left().isEmpty());
    acceptImport.requestFocus();
  }

  private CheckBox line(Candidate candidate) {
    CheckBox box =
        new CheckBox(
            texts.get(
                candidate.exists() ? "tests.import.changes" : "tests.import.line",
                candidate.test().name(),
                candidate.test().check().kind(),
                Schedules.inWords(candidate.test().schedule())));
    box.setMnemonicParsing(false);
    box.selectedProperty().bindBidirectional(candidate.chosen());
    return box;
  }
}
