package dev.jiggety.desktop.run;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.model.Run;
import javafx.scene.layout.StackPane;

/**
 * Shows one run of a test: its samples with their waterfall, steps, page load, answer, evidence and
 * screenshot. Holds nothing open. FX thread only.
 */
public final class RunPane extends StackPane {
  private final RunViewModel model;

  /** Shows nothing yet. */
  public RunPane(Desk desk) {
    this.model = new RunViewModel(desk);
    getStyleClass().add("run-pane-host");
    getChildren().add(new Fxml(desk.texts()).load(new RunController(model, desk)));
  }

  /**
   * Shows a run in the place of any before.
   *
   * @param name what it is called: the test's name
   * @param pictures where its screenshots are, asked when somebody looks at one
   */
  public void show(String name, Run run, PictureSource pictures) {
    model.show(name, run, pictures);
  }

  /** Shows nothing. */
  public void clear() {
    model.clear();
  }

  /** What is shown, without its looks. */
  public RunViewModel model() {
    return model;
  }
}
