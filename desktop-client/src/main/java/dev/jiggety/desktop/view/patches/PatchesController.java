package dev.jiggety.desktop.view.patches;

import dev.jiggety.desktop.feed.PatchFeed;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.view.patches.PatchesViewModel.Row;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.RolloutLook;
import dev.jiggety.desktop.widget.RolloutWords;
import dev.jiggety.model.Rollout;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Ties the list of patches to its view model, and shows beside it what is chosen. */
public final class PatchesController extends LiveActivity {
  private final PatchesViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final RolloutWords words;
  private final BasketController basket;
  private final RolloutController rollout;
  private final AuditController audit;
  private final Parent view;

  @FXML private Label summary;
  @FXML private ListView<Row> patches;
  @FXML private StackPane detail;
  @FXML private TextField filter;
  @FXML private ToggleButton auditLog;

  public PatchesController(PatchesViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.words = new RolloutWords(texts, ages);
    this.basket = new BasketController(model.basket(), desk);
    this.rollout = new RolloutController(model.rollout(), desk);
    this.audit = new AuditController(model.audit(), desk);
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    summary.textProperty().bind(model.summaryProperty());
    filter.textProperty().bindBidirectional(model.filterProperty());
    auditLog.selectedProperty().subscribe(on -> show(model.selectedProperty().get()));
    patches.setItems(model.rows());
    patches.setCellFactory(list -> new Cell());
    patches.getSelectionModel().select(model.selectedProperty().get());
    patches
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((property, before, now) -> {
          if (now != null) {
            auditLog.setSelected(false);
            model.selectedProperty().set(now);
          }
        });
    model.selectedProperty().subscribe(this::show);
  }

  @Override
  public Parent view() {
    return view;
  }

  @Override
  protected Pin follow() {
    return model.activate();
  }

  @Override
  public void activate() {
    super.activate();
    patches.requestFocus();
  }

  @Override
  public void find() {
    filter.requestFocus();
    filter.selectAll();
  }

  private void show(@Nullable Row row) {
    if (auditLog.isSelected()) {
      detail.getChildren().setAll(audit.view());
      model.audit().load();
      return;
    }
    if (row == null) {
      return;
    }
    if (!row.equals(patches.getSelectionModel().getSelectedItem())) {
      patches.getSelectionModel().select(row);
      patches.scrollTo(row);
    }
    detail.getChildren().setAll(row.isBasket() ? basket.view() : rollout.view());
  }

  /** The basket, or a rollout: what it is about, its state and since when. */
  private final class Cell extends ListCell<Row> {
    private final Label title = new Label();
    private final Label below = new Label();
    private final VBox lines = new VBox(2, title, below);
    private final HBox box = new HBox(10);
    private Subscription subscription = Subscription.EMPTY;

    Cell() {
      title.getStyleClass().add("patch-title");
      below.getStyleClass().add("patch-below");
      box.getStyleClass().add("patch-row");
    }

    @Override
    protected void updateItem(@Nullable Row row, boolean empty) {
      super.updateItem(row, empty);
      subscription.unsubscribe();
      subscription = Subscription.EMPTY;
      below.textProperty().unbind();
      if (empty || row == null) {
        setGraphic(null);
        return;
      }
      setGraphic(box);
      if (row.isBasket()) {
        FontIcon bag = new FontIcon(Feather.SHOPPING_BAG);
        bag.getStyleClass().addAll("verdict-icon", "basket-icon");
        box.getChildren().setAll(bag, lines);
        title.setText(texts.get("basket.title"));
        below.textProperty().bind(model.basketTextProperty());
      } else {
        ObservableValue<@Nullable Rollout> shown = row.rolloutProperty();
        subscription = shown.subscribe(this::show);
      }
    }

    private void show(@Nullable Rollout now) {
      if (now != null) {
        box.getChildren().setAll(RolloutLook.of(now.state()).icon(), lines);
        title.setText(RolloutController.title(now, texts));
        below.setText(
            texts.get(
                "patches.below",
                words.state(now.state()),
                now.riders().isEmpty() ? "" : now.riders().getFirst().author(),
                ages.time(PatchFeed.begun(now), desk.now())));
      }
    }
  }
}
