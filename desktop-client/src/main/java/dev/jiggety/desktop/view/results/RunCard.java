package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.feed.RunPoint;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.PhaseBar;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Failure;
import java.time.format.DateTimeFormatter;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What is told about the run under the mouse: node, time, total, failure and phases. */
final class RunCard extends VBox {
  private static final double WIDTH = 300;
  private static final double AWAY = 16;

  private final Desk desk;
  private final Ages ages;
  private final DateTimeFormatter clock;
  private final Label node = new Label();
  private final Label verdict = new Label();
  private final Label time = new Label();
  private final Label total = new Label();
  private final Label failure = new Label();
  private final PhaseBar phases;

  RunCard(Desk desk, Ages ages) {
    super(8);
    this.desk = desk;
    this.ages = ages;
    this.clock = DateTimeFormatter.ofPattern("d MMM HH:mm:ss.SSS", desk.texts().locale());
    this.phases = new PhaseBar(desk.texts(), ages);
    getStyleClass().add("run-card");
    setPrefWidth(WIDTH);
    setMaxWidth(WIDTH);
    node.getStyleClass().add("run-node");
    node.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(node, Priority.ALWAYS);
    time.getStyleClass().add("hint");
    total.getStyleClass().add("run-total");
    failure.getStyleClass().add("problem");
    failure.setWrapText(true);
    getChildren().addAll(new HBox(8, node, verdict), time, total, failure, phases);
  }

  void show(String nodeName, RunPoint run) {
    node.setText(nodeName);
    VerdictLook.of(run.verdict()).dress(verdict, desk.texts());
    time.setText(clock.format(run.startedAt().atZone(desk.zone())));
    total.setText(
        run.status() == 0
            ? ages.millis(run.total())
            : desk.texts().get("results.run", ages.millis(run.total()), "" + run.status()));
    Failure why = run.failure();
    failure.setManaged(why != null);
    failure.setVisible(why != null);
    failure.setText(why == null ? "" : why.text());
    phases.show(run.phases(), run.total());
    setAccessibleText(
        String.join(", ", nodeName, verdict.getText(), time.getText(), total.getText()));
  }

  /** Beside a point, on the side where there is room. */
  void place(Pane pane, double x, double y) {
    applyCss();
    autosize();
    double width = getWidth();
    double height = getHeight();
    boolean left = x + AWAY + width > pane.getWidth();
    setLayoutX(Math.max(0, left ? x - AWAY - width : x + AWAY));
    setLayoutY(Math.clamp(y - height / 2, 0, Math.max(0, pane.getHeight() - height)));
  }
}
