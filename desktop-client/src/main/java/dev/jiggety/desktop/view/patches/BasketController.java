package dev.jiggety.desktop.view.patches;

import dev.jiggety.desktop.basket.BasketEntry.Kind;
import dev.jiggety.desktop.basket.BasketEntry.Standing;
import dev.jiggety.desktop.basket.Parcel;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.RolloutWords;
import dev.jiggety.model.Strategy;
import java.util.List;
import java.util.Objects;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Ties the basket to its view model. */
public final class BasketController {
  private final BasketViewModel model;
  private final Texts texts;
  private final Ages ages;
  private final RolloutWords words;
  private final Desk desk;
  private final Parent view;

  @FXML private VBox returned;
  @FXML private Label touches;
  @FXML private Button undo;
  @FXML private Button clear;
  @FXML private ListView<EntryRow> entries;
  @FXML private VBox empty;
  @FXML private VBox full;
  @FXML private Label diffTitle;
  @FXML private Label diffText;
  @FXML private Button rebase;
  @FXML private VBox diffHost;
  @FXML private TextField comment;
  @FXML private ComboBox<Strategy> strategy;
  @FXML private Label strategyText;
  @FXML private Label failure;
  @FXML private Button submit;

  BasketController(BasketViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.words = new RolloutWords(texts, ages);
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    touches.textProperty().bind(model.touchesProperty());
    undo.disableProperty().bind(model.canUndoProperty().not());
    clear.disableProperty().bind(Bindings.isEmpty(model.rows()));
    entries.setItems(model.rows());
    entries.setCellFactory(list -> new Cell());
    model.rows().subscribe(this::showRows);
    model.othersProperty().subscribe(others -> showRows());
    entries
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((property, before, now) -> {
          if (now != null) {
            model.selectedProperty().set(now.entry().target());
            showDiff(now);
          }
        });
    model.returned().subscribe(this::showReturned);
    comment.textProperty().bindBidirectional(model.commentProperty());
    strategy.setItems(model.strategies());
    strategy.setConverter(names());
    strategy.valueProperty().bindBidirectional(model.strategyProperty());
    strategyText.textProperty().bind(strategy.valueProperty().map(words::strategy).orElse(""));
    failure
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    model.obstacleProperty().get().isEmpty()
                        ? model.failureProperty().get()
                        : model.obstacleProperty().get(),
                model.obstacleProperty(),
                model.failureProperty()));
    failure.visibleProperty().bind(failure.textProperty().isNotEmpty());
    failure.managedProperty().bind(failure.visibleProperty());
    submit
        .disableProperty()
        .bind(
            model
                .busyProperty()
                .or(Bindings.isEmpty(model.rows()))
                .or(model.obstacleProperty().isNotEmpty()));
    showRows();
    showReturned();
  }

  Parent view() {
    return view;
  }

  @FXML
  void undo() {
    model.undo();
  }

  @FXML
  void clear() {
    model.clear();
  }

  @FXML
  void submit() {
    model.submit();
  }

  @FXML
  void rebase() {
    EntryRow row = entries.getSelectionModel().getSelectedItem();
    if (row != null) {
      model.rebase(row);
    }
  }

  private void showRows() {
    boolean nothing = model.rows().isEmpty();
    show(empty, nothing);
    show(full, !nothing);
    String wanted = model.selectedProperty().get();
    model.rows().stream()
        .filter(row -> row.entry().target().equals(wanted))
        .findFirst()
        .or(() -> model.rows().stream().findFirst())
        .ifPresent(row -> {
          entries.getSelectionModel().select(row);
          showDiff(row);
        });
  }

  private void showReturned() {
    returned.getChildren().setAll(model.returned().stream().<Node>map(this::banner).toList());
    show(returned, !model.returned().isEmpty());
  }

  private Node banner(Parcel parcel) {
    Label text =
        new Label(
            texts.get(
                "basket.cameBack",
                parcel.comment(),
                ages.time(parcel.since(), desk.now()),
                parcel.reason()));
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    Button back = new Button(texts.get("basket.putBack"));
    back.setId("putBack");
    back.setOnAction(event -> model.putBack(parcel));
    Button dismiss = new Button(texts.get("basket.dismiss"));
    dismiss.getStyleClass().add("flat");
    dismiss.setOnAction(event -> model.dismiss(parcel));
    VBox box = new VBox(8, text, new HBox(8, back, dismiss));
    box.getStyleClass().add("banner");
    return box;
  }

  private void showDiff(EntryRow row) {
    diffTitle.setText(row.entry().name());
    diffText.setText(others(row) + sentence(row));
    show(rebase, row.isConflict());
    if (row.isConflict()) {
      rebase.setText(
          texts.get(
              row.standing() == Standing.GONE
                  ? "basket.makeAnew"
                  : row.entry().kind() == Kind.DELETE ? "basket.deleteAnyway" : "basket.rebase"));
      rebase.setDisable(!model.canRebase(row));
    }
    Node grid;
    if (row.isConflict() && row.standing() != Standing.GONE && row.entry().kind() != Kind.DELETE) {
      grid =
          DiffGrid.threeWay(
              texts,
              row.differences(),
              field -> model.isMine(row, field),
              (field, mine) -> {
                model.choose(row, field, mine);
                rebase.setDisable(!model.canRebase(row));
              });
    } else {
      grid = DiffGrid.twoWay(texts, row.differences());
    }
    diffHost.getChildren().setAll(grid);
  }

  /** What the change does, or what is in its way. */
  private String sentence(EntryRow row) {
    if (row.isConflict()) {
      return texts.get(
          row.entry().kind() == Kind.DELETE
              ? "basket.standing.deleteChanged"
              : "basket.standing." + row.standing().name());
    }
    if (!row.problems().isEmpty()) {
      return row.problems().getFirst().toString();
    }
    return effect(row);
  }

  /** Who else is at it, before what the change does: two patches on one document do not fit. */
  private String others(EntryRow row) {
    StringBuilder words = new StringBuilder();
    for (Others other :
        model.othersProperty().get().getOrDefault(row.entry().target(), List.of())) {
      words
          .append(
              texts.get(
                  "basket.other", other.who(), ages.time(other.since(), desk.now()), words(other)))
          .append(' ');
    }
    return words.toString();
  }

  private String words(Others other) {
    return words.state(other.rollout().state());
  }

  private String effect(EntryRow row) {
    if (!row.entry().target().startsWith("test:")) {
      return texts.get("basket.effect.other");
    }
    String runs =
        row.runs().isEmpty()
            ? texts.get("basket.runsNowhere")
            : texts.get("basket.runs", row.runs().size(), row.known(), words.names(row.runs()));
    return row.stops().isEmpty()
        ? runs
        : runs + " " + texts.get("basket.stops", words.names(row.stops()));
  }

  private static StringConverter<Strategy> names() {
    return new StringConverter<>() {
      @Override
      public String toString(@Nullable Strategy strategy) {
        return strategy == null ? "" : strategy.name();
      }

      @Override
      public Strategy fromString(String text) {
        throw new UnsupportedOperationException("only chosen, never typed");
      }
    };
  }

  private static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  /** A change: its kind, whose it is, where it runs, and what can be done about it. */
  private final class Cell extends ListCell<EntryRow> {
    private final Label name = new Label();
    private final Label below = new Label();
    private final Label tag = new Label();
    private final Button edit = button("basket.edit", Feather.EDIT_2);
    private final Button remove = button("basket.remove", Feather.X);
    private final Region gap = new Region();
    private final VBox lines = new VBox(2, name, below);
    private final HBox box = new HBox(10);

    Cell() {
      name.getStyleClass().add("patch-title");
      below.getStyleClass().add("patch-below");
      tag.setMinWidth(Region.USE_PREF_SIZE);
      box.getStyleClass().add("patch-row");
      HBox.setHgrow(gap, Priority.ALWAYS);
      edit.setOnAction(event -> model.edit(Objects.requireNonNull(getItem())));
      remove.setOnAction(event -> model.remove(Objects.requireNonNull(getItem())));
    }

    private Button button(String key, Feather icon) {
      Button button = new Button("", new FontIcon(icon));
      button.getStyleClass().addAll("flat", "small", "button-icon");
      button.setAccessibleText(texts.get(key));
      button.setTooltip(new Tooltip(texts.get(key)));
      button.setId(key.substring(key.indexOf('.') + 1) + "Entry");
      return button;
    }

    @Override
    protected void updateItem(@Nullable EntryRow row, boolean nothing) {
      super.updateItem(row, nothing);
      if (nothing || row == null) {
        setGraphic(null);
        return;
      }
      Kind kind = row.entry().kind();
      FontIcon icon =
          new FontIcon(
              switch (kind) {
                case CREATE -> Feather.PLUS_CIRCLE;
                case CHANGE -> Feather.EDIT_3;
                case DELETE -> Feather.TRASH_2;
              });
      icon.getStyleClass()
          .addAll(
              "verdict-icon",
              switch (kind) {
                case CREATE -> "verdict-up";
                case CHANGE -> "rollout-running";
                case DELETE -> "verdict-down";
              });
      name.setText(row.entry().name());
      below.setText(texts.get("basket.kind." + kind.name(), row.entry().target()));
      tag.setText(
          row.isConflict()
              ? texts.get("basket.tag.conflict")
              : row.problems().isEmpty()
                  ? model.othersProperty().get().containsKey(row.entry().target())
                      ? texts.get("basket.tag.other")
                      : texts.get("basket.tag.nodes", row.runs().size() + row.stops().size())
                  : texts.get("basket.tag.wrong"));
      tag.getStyleClass()
          .setAll(
              "label",
              "chip",
              row.isConflict() || !row.problems().isEmpty() ? "chip-warning" : "chip-plain");
      edit.setVisible(BasketViewModel.canEdit(row));
      box.getChildren().setAll(icon, lines, gap, tag, edit, remove);
      setGraphic(box);
    }
  }
}
