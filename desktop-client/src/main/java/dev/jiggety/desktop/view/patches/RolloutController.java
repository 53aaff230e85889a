package dev.jiggety.desktop.view.patches;

import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.basket.Rebase;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.view.patches.RolloutViewModel.Details;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.RolloutProgress;
import dev.jiggety.desktop.widget.RolloutWords;
import dev.jiggety.model.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Ties what is shown of one rollout to its view model. */
public final class RolloutController {
  private final RolloutViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final RolloutWords words;
  private final RolloutProgress progress;
  private final WaveList waveList;
  private final Parent view;

  @FXML private Label title;
  @FXML private Label about;
  @FXML private Label comment;
  @FXML private VBox progressHost;
  @FXML private Label meaning;
  @FXML private VBox actionsSection;
  @FXML private GridPane actions;
  @FXML private TextField reason;
  @FXML private VBox wavesSection;
  @FXML private VBox waves;
  @FXML private VBox shadowSection;
  @FXML private GridPane shadows;
  @FXML private VBox changesSection;
  @FXML private VBox changes;
  @FXML private GridPane transitions;

  RolloutController(RolloutViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.words = new RolloutWords(texts, ages);
    this.progress = new RolloutProgress(words);
    this.waveList = new WaveList(texts, words);
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    progressHost.getChildren().setAll(progress);
    reason.textProperty().bindBidirectional(model.reasonProperty());
    comment.managedProperty().bind(comment.visibleProperty());
    comment.visibleProperty().bind(comment.textProperty().isNotEmpty());
    model.rolloutProperty().subscribe(this::show);
    model.detailsProperty().subscribe(this::show);
    model.actionsProperty().subscribe(this::show);
    model.shadowsProperty().subscribe(this::showShadows);
  }

  Parent view() {
    return view;
  }

  /** What a rollout is about: the documents that it touches. */
  static String title(Rollout rollout, Texts texts) {
    NavigableSet<String> targets = new TreeSet<>();
    rollout.riders().forEach(rider -> targets.addAll(rider.targets()));
    List<String> names =
        targets.stream()
            .map(it -> it.startsWith("test:") ? it.substring("test:".length()) : it)
            .toList();
    int most = 2;
    return names.size() <= most
        ? String.join(", ", names)
        : texts.get("names.more", String.join(", ", names.subList(0, most)), names.size() - most);
  }

  private void show(@Nullable Rollout now) {
    if (now == null) {
      return;
    }
    Instant present = desk.now();
    title.setText(title(now, texts));
    String authors =
        now.riders().stream()
            .map(Rollout.Rider::author)
            .distinct()
            .collect(Collectors.joining(", "));
    about.setText(
        texts.get(
            "rollout.about",
            authors,
            now.strategy().name(),
            now.seq(),
            ages.time(now.since(), present),
            now.id()));
    progress.show(now);
    meaning.setText(words.meaning(now));
    waves.getChildren().setAll(waveList.rows(now));
    visible(wavesSection, !now.waves().isEmpty());
    showTransitions(now, present);
  }

  private void show(Details now) {
    comment.setText(now.comment());
    List<Node> rows = new ArrayList<>();
    for (BasketEntry change : now.changes()) {
      Label name = new Label(texts.get("basket.kind." + kind(change, now).name(), change.name()));
      name.getStyleClass().add("patch-title");
      rows.add(name);
      if (now.compared() || kind(change, now) == BasketEntry.Kind.CREATE) {
        rows.add(DiffGrid.twoWay(texts, Rebase.changes(change)));
      }
    }
    changes.getChildren().setAll(rows);
    visible(changesSection, !rows.isEmpty());
  }

  /** As long as nobody knows what stood before, a change cannot be told from a new test. */
  private static BasketEntry.Kind kind(BasketEntry change, Details details) {
    return details.compared() || change.kind() != BasketEntry.Kind.CREATE
        ? change.kind()
        : BasketEntry.Kind.CHANGE;
  }

  private void show(List<RolloutAction> possible) {
    actions.getChildren().clear();
    for (int i = 0; i < possible.size(); i++) {
      RolloutAction action = possible.get(i);
      Button button = new Button(texts.get(action.word()));
      button.setId(action.act().label());
      button.setMaxWidth(Double.MAX_VALUE);
      button.setMinWidth(Region.USE_PREF_SIZE);
      if (action.isFinal()) {
        button.getStyleClass().add("danger");
      } else if (i == 0) {
        button.getStyleClass().add("accent");
      }
      button
          .disableProperty()
          .bind(
              action.isPossible()
                  ? model.busyProperty()
                  : Bindings.createBooleanBinding(() -> true));
      button.setOnAction(event -> model.act(action));
      Label consequence = new Label(texts.get(action.consequence()));
      consequence.setWrapText(true);
      consequence.setMinHeight(Region.USE_PREF_SIZE);
      consequence.getStyleClass().add("hint");
      GridPane.setHgrow(consequence, Priority.ALWAYS);
      actions.addRow(i, button, consequence);
    }
    visible(actionsSection, !possible.isEmpty());
  }

  /** What canaries found: the definition in force and the new one, side by side. */
  private void showShadows(List<ShadowRow> rows) {
    shadows.getChildren().clear();
    shadows.addRow(
        0,
        hint(texts.get("shadow.test")),
        hint(texts.get("shadow.node")),
        hint(texts.get("shadow.old")),
        hint(texts.get("shadow.new")));
    int at = 1;
    for (ShadowRow row : rows) {
      var shadow = row.shadow();
      Label old = new Label(texts.get("shadow.counts", shadow.oldPassed(), shadow.oldFailed()));
      Label fresh = new Label(texts.get("shadow.counts", shadow.newPassed(), shadow.newFailed()));
      old.getStyleClass().add("figure");
      fresh.getStyleClass().add("figure");
      Label meaning = new Label(texts.get("shadow.meaning." + row.meaning().name()));
      meaning.setWrapText(true);
      meaning.setMinHeight(Region.USE_PREF_SIZE);
      GridPane.setHgrow(meaning, Priority.ALWAYS);
      shadows.addRow(at++, new Label(shadow.testId()), new Label(row.node()), old, fresh, meaning);
    }
    visible(shadowSection, !rows.isEmpty());
  }

  private static Label hint(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("hint");
    return label;
  }

  private void showTransitions(Rollout now, Instant present) {
    transitions.getChildren().clear();
    int row = 0;
    for (Rollout.Transition step : now.transitions().reversed()) {
      Label at = new Label(ages.time(step.at(), present));
      at.getStyleClass().addAll("figure", "hint");
      at.setMinWidth(Region.USE_PREF_SIZE);
      Label to = new Label(words.state(step.to()));
      to.setMinWidth(Region.USE_PREF_SIZE);
      Label why = new Label(words.cause(step.cause()));
      why.setWrapText(true);
      why.setMinHeight(Region.USE_PREF_SIZE);
      why.getStyleClass().add("hint");
      GridPane.setHgrow(why, Priority.ALWAYS);
      transitions.addRow(row++, at, to, new HBox(why));
    }
  }

  private static void visible(Region region, boolean visible) {
    region.setVisible(visible);
    region.setManaged(visible);
  }
}
