package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.view.nodes.NodesViewModel.NodeRow;
import dev.jiggety.desktop.view.nodes.NodesViewModel.NodeState;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.NodeStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.collections.transformation.SortedList;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Ties the table of nodes to its view model. */
public final class NodesController extends LiveActivity {
  private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

  /** Offsets are known to the second; beyond this one a clock is worth a look. */
  private static final Duration CLOCK_IS_OFF = Duration.ofSeconds(5);

  private final NodesViewModel model;
  private final Texts texts;
  private final Ages ages;
  private final Parent view;

  @FXML private Label summary;
  @FXML private TableView<NodeRow> table;
  @FXML private TableColumn<NodeRow, NodeState> stateColumn;
  @FXML private TableColumn<NodeRow, NodeState> nameColumn;
  @FXML private TableColumn<NodeRow, NodeState> tagsColumn;
  @FXML private TableColumn<NodeRow, NodeState> seenColumn;
  @FXML private TableColumn<NodeRow, NodeState> testsColumn;
  @FXML private TableColumn<NodeRow, NodeState> backlogColumn;
  @FXML private TableColumn<NodeRow, NodeState> latenessColumn;
  @FXML private TableColumn<NodeRow, NodeState> clockColumn;
  @FXML private TableColumn<NodeRow, NodeState> quarantineColumn;
  @FXML private TableColumn<NodeRow, NodeState> versionColumn;

  public NodesController(NodesViewModel model, Desk desk) {
    this.model = model;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    summary.textProperty().bind(model.summaryProperty());
    column(stateColumn, NodesController::severity, this::showState);
    text(nameColumn, NodeStatus::name, NodeStatus::name);
    text(
        tagsColumn, status -> String.join(", ", status.tags()), it -> String.join(", ", it.tags()));
    column(
        seenColumn,
        state -> state.picture().status().heartbeatAt(),
        (cell, state) ->
            cell.setText(ages.ago(state.picture().status().heartbeatAt(), state.now())));
    figure(testsColumn, NodeStatus::tests, status -> number(status.tests()));
    figure(backlogColumn, NodeStatus::backlog, status -> number(status.backlog()));
    figure(
        latenessColumn,
        status -> Objects.requireNonNullElse(status.lateness(), Duration.ZERO),
        status -> status.lateness() == null ? nothing() : ages.millis(status.lateness()));
    figure(
        clockColumn,
        status -> Objects.requireNonNullElse(status.clockOffset(), Duration.ZERO),
        this::clock);
    figure(quarantineColumn, NodeStatus::quarantined, status -> number(status.quarantined()));
    text(versionColumn, NodeStatus::version, NodeStatus::version);
    SortedList<NodeRow> sorted = new SortedList<>(model.rows());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.getSortOrder().add(nameColumn);
    table.setRowFactory(owner -> new Row());
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
    table.requestFocus();
  }

  private void showState(TableCell<NodeRow, NodeState> cell, NodeState state) {
    boolean stale = state.picture().stale();
    NodeStatus status = state.picture().status();
    String style =
        stale ? "verdict-unknown" : attention(status) ? "verdict-degraded" : "verdict-up";
    FontIcon icon =
        new FontIcon(
            stale ? Feather.WIFI_OFF : attention(status) ? Feather.ALERT_TRIANGLE : Feather.WIFI);
    icon.getStyleClass().addAll("verdict-icon", style);
    cell.setGraphic(icon);
    cell.setText(
        texts.get(stale ? "nodes.stale" : attention(status) ? "nodes.attention" : "nodes.fresh"));
    cell.getStyleClass().add(style);
  }

  private static boolean attention(NodeStatus status) {
    Duration offset = Objects.requireNonNullElse(status.clockOffset(), Duration.ZERO);
    return status.quarantined() > 0 || offset.abs().compareTo(CLOCK_IS_OFF) > 0;
  }

  private static int severity(NodeState state) {
    return state.picture().stale() ? 0 : attention(state.picture().status()) ? 1 : 2;
  }

  private String clock(NodeStatus status) {
    Duration offset = status.clockOffset();
    if (offset == null) {
      return nothing();
    }
    long seconds = offset.abs().toSeconds();
    String sign = seconds == 0 ? "" : offset.isNegative() ? "−" : "+";
    return sign + texts.get("age.seconds", seconds);
  }

  private String number(long value) {
    return texts.get("number", value);
  }

  private String nothing() {
    return texts.get("nothing");
  }

  private static <C extends Comparable<? super C>> void text(
      TableColumn<NodeRow, NodeState> column,
      Function<NodeStatus, C> order,
      Function<NodeStatus, String> text) {
    column(
        column,
        state -> order.apply(state.picture().status()),
        (cell, state) -> cell.setText(text.apply(state.picture().status())));
  }

  private static <C extends Comparable<? super C>> void figure(
      TableColumn<NodeRow, NodeState> column,
      Function<NodeStatus, C> order,
      Function<NodeStatus, String> text) {
    column(
        column,
        state -> order.apply(state.picture().status()),
        (cell, state) -> {
          cell.setText(text.apply(state.picture().status()));
          cell.getStyleClass().add("figure");
        });
  }

  private static <C extends Comparable<? super C>> void column(
      TableColumn<NodeRow, NodeState> column,
      Function<NodeState, C> order,
      BiConsumer<TableCell<NodeRow, NodeState>, NodeState> show) {
    column.setCellValueFactory(cell -> cell.getValue().stateProperty());
    column.setComparator(Comparator.comparing(order));
    column.setCellFactory(owner ->
        new TableCell<>() {
          @Override
          protected void updateItem(NodeState state, boolean empty) {
            super.updateItem(state, empty);
            setText(null);
            setGraphic(null);
            getStyleClass().removeIf(it -> it.startsWith("verdict-") || it.equals("figure"));
            if (!empty && state != null) {
              show.accept(this, state);
            }
          }
        });
  }

  /** A row that looks faded while its node is silent. */
  private static final class Row extends TableRow<NodeRow> {
    Row() {
      itemProperty()
          .flatMap(NodeRow::stateProperty)
          .map(state -> state.picture().stale())
          .orElse(false)
          .subscribe(stale -> pseudoClassStateChanged(STALE, stale));
    }
  }
}
