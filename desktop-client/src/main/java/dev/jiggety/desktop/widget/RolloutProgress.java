package dev.jiggety.desktop.widget;

import dev.jiggety.model.Rollout;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * How far a rollout is: its state in a word, a bar with a part for the nodes that have swapped, are
 * ready, hold it or have failed, and the same in numbers.
 */
public final class RolloutProgress extends VBox {
  private final RolloutWords words;
  private final Label state = new Label();
  private final Label counts = new Label();
  private final HBox bar = new HBox();
  private final Label cause = new Label();

  public RolloutProgress(RolloutWords words) {
    super(6);
    this.words = words;
    getStyleClass().add("rollout-progress");
    state.getStyleClass().add("rollout-state");
    counts.getStyleClass().addAll("hint", "figure");
    cause.getStyleClass().add("hint");
    cause.setWrapText(true);
    cause.setMinHeight(USE_PREF_SIZE);
    bar.getStyleClass().add("rollout-track");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    HBox line = new HBox(10, state, gap, counts);
    state.setMinWidth(USE_PREF_SIZE);
    getChildren().addAll(line, bar, cause);
  }

  /** Shows a rollout. */
  public void show(Rollout rollout) {
    RolloutLook look = RolloutLook.of(rollout.state());
    dress(look, words.state(rollout.state()));
    RolloutCounts all = RolloutCounts.of(rollout);
    counts.setText(words.counts(all));
    bar.getChildren().clear();
    if (rollout.state().isOnNodes() || all.swapped() + all.reverted() + all.failed() > 0) {
      part("swapped", all.swapped(), all.nodes());
      part("ready", all.ready() - all.swapped(), all.nodes());
      part("staged", all.staged() - all.ready(), all.nodes());
      part("reverted", all.reverted(), all.nodes());
      part("failed", all.failed(), all.nodes());
      part("pending", all.nodes() - all.staged() - all.reverted() - all.failed(), all.nodes());
    }
    visible(bar, !bar.getChildren().isEmpty());
    say(words.cause(rollout));
  }

  /** Says that it is on its way, before a manager has taken it up. */
  public void showWaiting(String title, String text) {
    dress(RolloutLook.WAITING, title);
    counts.setText("");
    bar.getChildren().clear();
    visible(bar, false);
    say(text);
  }

  private void dress(RolloutLook look, String word) {
    state.setText(word);
    state.setGraphic(look.icon());
    state.getStyleClass().removeIf(it -> it.startsWith("verdict-") || it.equals("rollout-running"));
    state.getStyleClass().add(look.styleClass());
  }

  private void say(String text) {
    cause.setText(text);
    visible(cause, !text.isEmpty());
  }

  private void part(String kind, int nodes, int of) {
    if (nodes <= 0) {
      return;
    }
    Region part = new Region();
    part.getStyleClass().addAll("rollout-part", "part-" + kind);
    part.setMinWidth(2);
    part.prefWidthProperty().bind(bar.widthProperty().multiply(nodes / (double) of));
    bar.getChildren().add(part);
  }

  private static void visible(Region region, boolean visible) {
    region.setVisible(visible);
    region.setManaged(visible);
  }
}
