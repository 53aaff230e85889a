package dev.jiggety.desktop.view.patches;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.widget.RolloutCounts;
import dev.jiggety.desktop.widget.RolloutWords;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.Rollout;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The canaries and the waves of a rollout, with a chip for each node. */
final class WaveList {
  /** More chips than anybody reads; the others are counted. */
  private static final int MOST_CHIPS = 60;

  private final Texts texts;
  private final RolloutWords words;

  WaveList(Texts texts, RolloutWords words) {
    this.texts = texts;
    this.words = words;
  }

  List<Node> rows(Rollout rollout) {
    List<Node> rows = new ArrayList<>();
    for (int i = 0; i < rollout.waves().size(); i++) {
      rows.add(row(rollout, i));
    }
    return rows;
  }

  private Node row(Rollout rollout, int index) {
    SortedSet<String> nodes = rollout.waves().get(index);
    Label name = new Label(texts.get("rollout.wave", index + 1, rollout.waves().size()));
    name.getStyleClass().add("wave-name");
    name.getStyleClass().add(rollout.wave() == index + 1 ? "wave-now" : "wave-other");
    Label counts = new Label(words.counts(RolloutCounts.of(rollout, nodes)));
    counts.getStyleClass().addAll("hint", "figure");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    FlowPane chips = new FlowPane(6, 6);
    nodes.stream().limit(MOST_CHIPS).forEach(node -> chips.getChildren().add(chip(rollout, node)));
    if (nodes.size() > MOST_CHIPS) {
      chips.getChildren().add(new Label(texts.get("rollout.more", nodes.size() - MOST_CHIPS)));
    }
    return new VBox(6, new HBox(10, name, gap, counts), chips);
  }

  private Label chip(Rollout rollout, String node) {
    NodeProgress progress = rollout.progress().getOrDefault(node, NodeProgress.PENDING);
    boolean isCanary = rollout.canaries().contains(node);
    Label chip = new Label(isCanary ? texts.get("rollout.canary", node) : node);
    chip.getStyleClass().addAll("chip", "node-chip", "node-" + progress.state().label());
    String state = texts.get("node.state." + progress.state().name());
    String shadow =
        progress.planned() > 0
            ? " " + texts.get("rollout.shadow", progress.judged(), progress.planned())
            : "";
    String text = texts.get("rollout.node", node, state) + shadow + error(progress.error());
    chip.setTooltip(new Tooltip(text));
    chip.setAccessibleText(text);
    return chip;
  }

  private static String error(@Nullable String error) {
    return error == null ? "" : ": " + error;
  }
}
