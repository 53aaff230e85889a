package dev.jiggety.desktop.view.overview;

import atlantafx.base.controls.CustomTextField;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.view.overview.OverviewViewModel.Emptiness;
import dev.jiggety.desktop.widget.VerdictLook;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Ties the overview to its view model. */
public final class OverviewController extends LiveActivity {
  private final OverviewViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final TileGrid grid;
  private final IncidentChips chips;
  private final Map<VerdictLook, ToggleButton> stateChips = new EnumMap<>(VerdictLook.class);
  private final Parent view;
  private @Nullable Choices<String> tagChoices;
  private @Nullable Choices<String> groupChoices;
  private @Nullable Choices<String> nodeChoices;
  private @Nullable Choices<Wish.Order> orderChoices;

  @FXML private Label count;
  @FXML private Label age;
  @FXML private ToggleButton tiles;
  @FXML private ToggleButton rows;
  @FXML private FlowPane incidents;
  @FXML private CustomTextField search;
  @FXML private ComboBox<@Nullable String> group;
  @FXML private ComboBox<@Nullable String> tag;
  @FXML private ComboBox<@Nullable String> node;
  @FXML private ComboBox<Wish.@Nullable Order> order;
  @FXML private HBox states;
  @FXML private StackPane body;
  @FXML private VBox empty;
  @FXML private FontIcon emptyIcon;
  @FXML private Label emptyTitle;
  @FXML private Label emptyText;
  @FXML private Button emptyAction;

  public OverviewController(OverviewViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.grid = new TileGrid(new TileWords(desk));
    this.chips = new IncidentChips(model, desk);
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    count.textProperty().bind(model.countProperty());
    age.textProperty().bind(model.ageProperty());
    filters();
    grid();
    stateChips();
    model.wishProperty().subscribe(this::showWish);
    model.countsProperty().subscribe(this::showCounts);
    model.emptinessProperty().subscribe(this::showEmptiness);
    model.incidentsProperty().subscribe(open -> chips.show(incidents, open));
  }

  @Override
  public Parent view() {
    return view;
  }

  @Override
  protected Pin follow() {
    return Pin.all(model.activate(), desk.everySecond(() -> chips.tick(incidents)));
  }

  @Override
  public void activate() {
    super.activate();
    grid.requestFocus();
  }

  @Override
  public void find() {
    search.requestFocus();
    search.selectAll();
  }

  @Override
  public void refresh() {
    model.refresh();
  }

  @FXML
  void showTiles() {
    model.wishProperty().set(model.wishProperty().get().withRows(false));
    tiles.setSelected(true);
  }

  @FXML
  void showRows() {
    model.wishProperty().set(model.wishProperty().get().withRows(true));
    rows.setSelected(true);
  }

  @FXML
  void openWall() {
    desk.navigator().wall();
  }

  @FXML
  void emptyAction() {
    if (model.emptinessProperty().get() == Emptiness.NO_MATCH) {
      model.clearFilters();
    } else {
      model.create();
    }
  }

  private void filters() {
    search.setLeft(new FontIcon(Feather.SEARCH));
    search.setText(model.wishProperty().get().text());
    search
        .textProperty()
        .addListener((property, before, now) -> {
          if (!now.equals(model.wishProperty().get().text())) {
            model.wishProperty().set(model.wishProperty().get().withText(now));
          }
        });
    search.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ESCAPE) {
        search.clear();
      } else if (event.getCode() == KeyCode.DOWN) {
        grid.requestFocus();
      }
    });
    tagChoices =
        new Choices<>(
            tag,
            it -> it == null ? texts.get("overview.any.tag") : it,
            it -> model.wishProperty().set(model.wishProperty().get().withTag(it)));
    groupChoices =
        new Choices<>(
            group,
            it -> it == null ? texts.get("overview.any.group") : it,
            it -> model.wishProperty().set(model.wishProperty().get().withGroup(it)));
    nodeChoices =
        new Choices<>(
            node,
            it -> it == null ? texts.get("overview.any.node") : it,
            it -> model.wishProperty().set(model.wishProperty().get().withNode(it)));
    orderChoices =
        new Choices<>(
            order,
            it -> texts.get("overview.order." + (it == null ? Wish.Order.WORST : it).name()),
            it -> {
              if (it != null) {
                model.wishProperty().set(model.wishProperty().get().withOrder(it));
              }
            });
    orderChoices.offer(List.of(Wish.Order.values()), false);
    tagChoices.follow(model.tags());
    groupChoices.follow(model.groups());
    nodeChoices.follow(model.nodes());
    group.visibleProperty().bind(groupChoices.someProperty());
    group.managedProperty().bind(group.visibleProperty());
  }

  private void grid() {
    body.getChildren().addFirst(grid);
    grid.setId("overviewGrid");
    grid.setAccessibleText(texts.get("overview.title"));
    grid.onSelect(model.selectedProperty()::set);
    grid.onSeen(model::seen);
    model.shownProperty().subscribe(grid::show);
    model.versionProperty().subscribe(version -> grid.refresh());
    new TileMenu(grid, model, texts).install();
    grid.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
  }

  private void pressed(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER) {
      model.openResults();
    } else if (event.getCode() == KeyCode.F2
        || (event.isShortcutDown() && event.getCode() == KeyCode.E)) {
      model.edit();
    } else if (event.isShortcutDown() && event.getCode() == KeyCode.I) {
      model.openIncident();
    } else {
      return;
    }
    event.consume();
  }

  private void stateChips() {
    for (VerdictLook look : VerdictLook.values()) {
      ToggleButton chip = new ToggleButton("", look.icon());
      chip.setId("state" + look.name());
      chip.getStyleClass().add("state-chip");
      chip.setMinWidth(ToggleButton.USE_PREF_SIZE);
      chip.setOnAction(event -> {
        Wish wish = model.wishProperty().get();
        model.wishProperty().set(wish.withState(chip.isSelected() ? look : null));
      });
      stateChips.put(look, chip);
    }
    states
        .getChildren()
        .addAll(
            List.of(
                stateChips.get(VerdictLook.DOWN),
                stateChips.get(VerdictLook.DEGRADED),
                stateChips.get(VerdictLook.UNKNOWN),
                stateChips.get(VerdictLook.UP),
                stateChips.get(VerdictLook.OFF)));
  }

  private void showWish(Wish wish) {
    grid.shape(wish.rows() ? TileShape.ROW : TileShape.TILE);
    tiles.setSelected(!wish.rows());
    rows.setSelected(wish.rows());
    stateChips.forEach((look, chip) -> chip.setSelected(look == wish.state()));
    if (!search.getText().equals(wish.text())) {
      search.setText(wish.text());
    }
    if (tagChoices != null && groupChoices != null && nodeChoices != null && orderChoices != null) {
      tagChoices.show(wish.tag());
      groupChoices.show(wish.group());
      nodeChoices.show(wish.node());
      orderChoices.show(wish.order());
    }
  }

  private void showCounts(Map<VerdictLook, Integer> counts) {
    stateChips.forEach((look, chip) ->
        chip.setText(texts.get("overview.state", counts.getOrDefault(look, 0), look.word(texts))));
  }

  private void showEmptiness(Emptiness why) {
    empty.setVisible(why != Emptiness.NONE);
    grid.setVisible(why == Emptiness.NONE);
    String key = "overview.empty." + (why == Emptiness.NONE ? Emptiness.WAITING : why);
    emptyTitle.setText(texts.get(key + ".title"));
    emptyText.setText(texts.get(key + ".text"));
    emptyIcon.setIconCode(
        switch (why) {
          case NO_TESTS -> Feather.INBOX;
          case NO_MATCH -> Feather.SEARCH;
          case NONE, WAITING -> Feather.RADIO;
        });
    emptyAction.setVisible(why == Emptiness.NO_TESTS || why == Emptiness.NO_MATCH);
    emptyAction.setText(texts.get(why == Emptiness.NO_MATCH ? "tests.filter.clear" : "tests.new"));
  }
}
