package dev.jiggety.desktop.view.nodes;

import atlantafx.base.controls.CustomTextField;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.view.nodes.NodesViewModel.PartRow;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.NodeStatus;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.transformation.SortedList;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Ties the table of nodes, managers and the hub to its view model. */
public final class NodesController extends LiveActivity {
  private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

  private final NodesViewModel model;
  private final LogViewModel log;
  private final MembersViewModel members;
  private final NewNodeViewModel newNode;
  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final PartWords words;
  private final BooleanProperty adding = new SimpleBooleanProperty();
  private final Parent view;

  @FXML private Label summary;
  @FXML private Label age;
  @FXML private CustomTextField search;
  @FXML private CheckBox troubled;
  @FXML private TableView<PartRow> table;
  @FXML private TableColumn<PartRow, Part> stateColumn;
  @FXML private TableColumn<PartRow, Part> nameColumn;
  @FXML private TableColumn<PartRow, Part> kindColumn;
  @FXML private TableColumn<PartRow, Part> seenColumn;
  @FXML private TableColumn<PartRow, Part> releaseColumn;
  @FXML private TableColumn<PartRow, Part> backlogColumn;
  @FXML private TableColumn<PartRow, Part> latenessColumn;
  @FXML private TableColumn<PartRow, Part> clockColumn;
  @FXML private TableColumn<PartRow, Part> diskColumn;
  @FXML private VBox details;
  @FXML private Button add;
  @FXML private TabPane tabs;
  @FXML private Tab membersTab;
  @FXML private ToggleButton logToggle;
  @FXML private VBox health;
  @FXML private StackPane pages;

  public NodesController(NodesViewModel model, Session session, Desk desk) {
    this.model = model;
    this.log = new LogViewModel(desk, session);
    this.members = new MembersViewModel(desk, session, new SecureRandom());
    this.newNode = new NewNodeViewModel(desk, session);
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.words = new PartWords(desk);
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    summary.textProperty().bind(model.summaryProperty());
    age.textProperty().bind(model.ageProperty());
    search.setLeft(new FontIcon(Feather.SEARCH));
    search.textProperty().bindBidirectional(model.searchProperty());
    troubled.selectedProperty().bindBidirectional(model.onlyTroubledProperty());
    columns();
    SortedList<PartRow> sorted = new SortedList<>(model.rows());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.getSortOrder().add(stateColumn);
    table.setRowFactory(owner -> new Row());
    PartDetails side = new PartDetails(details, texts, words);
    side.show(null);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .flatMap(PartRow::stateProperty)
        .orElse(null)
        .subscribe(part -> {
          side.show(part);
          log.of(part);
        });
    log.openProperty().bindBidirectional(logToggle.selectedProperty());
    health.getChildren().add(new LogController(log, desk).view());
    membersTab.setContent(new MembersController(members, desk).view());
    members.openProperty().bind(membersTab.selectedProperty());
    pages.getChildren().add(wizard());
  }

  private Parent wizard() {
    NewNodeController wizard = new NewNodeController(newNode, desk, () -> adding.set(false));
    tabs.visibleProperty().bind(adding.not());
    add.disableProperty().bind(adding);
    wizard.view().visibleProperty().bind(adding);
    wizard.view().managedProperty().bind(adding);
    return wizard.view();
  }

  /** Begins to let a node in. */
  @FXML
  void addNode() {
    adding.set(true);
    newNode.clear();
  }

  private void columns() {
    column(
        stateColumn,
        Comparator.comparingInt(Part::severity).thenComparing(Part::kind).thenComparing(Part::name),
        this::showState);
    text(nameColumn, Part::name, Part::name);
    text(kindColumn, Part::kind, words::kind);
    text(seenColumn, Part::heartbeatAt, words::seen);
    figure(releaseColumn, Part::release, words::release);
    figure(
        backlogColumn,
        part -> part.node() == null ? -1L : part.node().backlog(),
        part -> ofNode(part, node -> texts.get("number", node.backlog())));
    figure(
        latenessColumn,
        part -> lateness(part.node()),
        part ->
            ofNode(
                part,
                node ->
                    node.lateness() == null ? texts.get("nothing") : ages.millis(node.lateness())));
    figure(
        clockColumn,
        part -> offset(part.node()),
        part -> ofNode(part, node -> words.clock(node.clockOffset())));
    figure(
        diskColumn,
        part -> Objects.requireNonNullElse(part.diskFree(), Long.MAX_VALUE),
        part -> words.disk(part.diskFree()));
  }

  @Override
  public Parent view() {
    return view;
  }

  @Override
  protected Pin follow() {
    return Pin.all(model.activate(), log.activate(), members.activate(), newNode.activate());
  }

  @Override
  public void activate() {
    super.activate();
    table.requestFocus();
    if (table.getSelectionModel().isEmpty() && !table.getItems().isEmpty()) {
      table.getSelectionModel().selectFirst();
    }
  }

  @Override
  public void find() {
    search.requestFocus();
    search.selectAll();
  }

  @Override
  public void refresh() {
    model.refresh();
    members.refresh();
    log.refresh();
  }

  private void showState(TableCell<PartRow, Part> cell, Part part) {
    String style =
        switch (part.severity()) {
          case 0 -> "verdict-unknown";
          case 1 -> "verdict-down";
          case 2 -> "verdict-degraded";
          default -> "verdict-up";
        };
    FontIcon icon =
        new FontIcon(
            switch (part.severity()) {
              case 0 -> Feather.WIFI_OFF;
              case 1 -> Feather.X_OCTAGON;
              case 2 -> Feather.ALERT_TRIANGLE;
              default -> Feather.CHECK_CIRCLE;
            });
    icon.getStyleClass().addAll("verdict-icon", style);
    cell.setGraphic(icon);
    cell.setText(words.state(part));
    cell.getStyleClass().add(style);
  }

  private static Duration lateness(@Nullable NodeStatus node) {
    Duration lateness = node == null ? null : node.lateness();
    return lateness == null ? Duration.ZERO : lateness;
  }

  private static Duration offset(@Nullable NodeStatus node) {
    Duration offset = node == null ? null : node.clockOffset();
    return offset == null ? Duration.ZERO : offset.abs();
  }

  private static String ofNode(Part part, Function<NodeStatus, String> text) {
    NodeStatus node = part.node();
    return node == null ? "" : text.apply(node);
  }

  private static <C extends Comparable<? super C>> void text(
      TableColumn<PartRow, Part> column, Function<Part, C> order, Function<Part, String> text) {
    column(column, Comparator.comparing(order), (cell, part) -> cell.setText(text.apply(part)));
  }

  private static <C extends Comparable<? super C>> void figure(
      TableColumn<PartRow, Part> column, Function<Part, C> order, Function<Part, String> text) {
    column(
        column,
        Comparator.comparing(order),
        (cell, part) -> {
          cell.setText(text.apply(part));
          cell.getStyleClass().add("figure");
        });
  }

  private static void column(
      TableColumn<PartRow, Part> column,
      Comparator<Part> order,
      BiConsumer<TableCell<PartRow, Part>, Part> show) {
    column.setCellValueFactory(cell -> cell.getValue().stateProperty());
    column.setComparator(order);
    column.setCellFactory(owner ->
        new TableCell<>() {
          @Override
          protected void updateItem(Part part, boolean empty) {
            super.updateItem(part, empty);
            setText(null);
            setGraphic(null);
            getStyleClass().removeIf(it -> it.startsWith("verdict-") || it.equals("figure"));
            if (!empty && part != null) {
              show.accept(this, part);
            }
          }
        });
  }

  /** A row that looks faded while its part is silent. */
  private static final class Row extends TableRow<PartRow> {
    Row() {
      itemProperty()
          .flatMap(PartRow::stateProperty)
          .map(Part::isSilent)
          .orElse(false)
          .subscribe(stale -> pseudoClassStateChanged(STALE, stale));
    }
  }
}
