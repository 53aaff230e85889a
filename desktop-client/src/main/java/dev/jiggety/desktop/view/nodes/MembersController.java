package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.view.nodes.MemberRow.State;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.Member.Standing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Ties the table of members and invitations to its view model. */
final class MembersController {
  private final MembersViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final Parent view;
  private @Nullable MemberRow chosen;

  @FXML private Label membersSummary;
  @FXML private Label meaning;
  @FXML private Button retire;
  @FXML private Button revoke;
  @FXML private TableView<MemberRow> members;
  @FXML private TableColumn<MemberRow, MemberRow> standingColumn;
  @FXML private TableColumn<MemberRow, MemberRow> nameColumn;
  @FXML private TableColumn<MemberRow, MemberRow> tagsColumn;
  @FXML private TableColumn<MemberRow, MemberRow> sinceColumn;
  @FXML private TableColumn<MemberRow, MemberRow> byColumn;
  @FXML private TableColumn<MemberRow, MemberRow> heardColumn;

  MembersController(MembersViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    membersSummary.textProperty().bind(model.summaryProperty());
    column(standingColumn, Comparator.comparing(MemberRow::state), this::showState);
    text(nameColumn, row -> row.name().isEmpty() ? texts.get("nodes.member.open") : row.name());
    text(tagsColumn, row -> String.join(", ", row.tags()));
    column(sinceColumn, times(MemberRow::since), (cell, row) -> cell.setText(time(row.since())));
    text(byColumn, MemberRow::by);
    column(heardColumn, times(MemberRow::heardAt), (cell, row) -> cell.setText(heard(row)));
    members.setItems(model.rows());
    members.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    members.getSelectionModel().selectedItemProperty().subscribe(this::choose);
    model
        .rows()
        .addListener(
            (ListChangeListener<MemberRow>) change -> chooseAgain(List.copyOf(model.rows())));
  }

  Parent view() {
    return view;
  }

  @FXML
  void retireNode() {
    dismiss(Standing.RETIRED);
  }

  @FXML
  void revokeNode() {
    dismiss(Standing.REVOKED);
  }

  private void dismiss(Standing standing) {
    MemberRow row = chosen;
    if (row != null) {
      model.dismiss(row, standing);
    }
  }

  private void choose(@Nullable MemberRow row) {
    if (row != null) {
      chosen = row;
    }
    retire.setDisable(row == null || !row.canRetire());
    revoke.setDisable(row == null || !row.canRevoke());
    meaning.setText(
        row == null
            ? texts.get("nodes.members.choose")
            : texts.get("nodes.meaning." + row.state().name(), row.name(), row.reason()));
  }

  /** The same one stays chosen when it was said anew. */
  private void chooseAgain(List<MemberRow> rows) {
    MemberRow before = chosen;
    if (before != null && members.getSelectionModel().isEmpty()) {
      rows.stream()
          .filter(it -> it.name().equals(before.name()) && !it.name().isEmpty())
          .findFirst()
          .ifPresent(members.getSelectionModel()::select);
    }
  }

  private String time(@Nullable Instant at) {
    return at == null ? texts.get("nothing") : ages.time(at, desk.now());
  }

  private String heard(MemberRow row) {
    return row.heardAt() == null ? texts.get("nodes.never") : time(row.heardAt());
  }

  private void showState(TableCell<MemberRow, MemberRow> cell, MemberRow row) {
    String style = style(row.state());
    FontIcon icon = new FontIcon(icon(row.state()));
    icon.getStyleClass().addAll("verdict-icon", style);
    cell.setGraphic(icon);
    cell.setText(texts.get("nodes.standing." + row.state().name()));
    cell.getStyleClass().add(style);
  }

  private static String style(State state) {
    return switch (state) {
      case CLONED, GHOST -> "verdict-down";
      case STRANGER, REFUSED -> "verdict-degraded";
      case ACTIVE -> "verdict-up";
      case INVITED, EXPIRED, RETIRED, REVOKED -> "verdict-unknown";
    };
  }

  private static Feather icon(State state) {
    return switch (state) {
      case CLONED -> Feather.COPY;
      case GHOST -> Feather.X_OCTAGON;
      case STRANGER, REFUSED -> Feather.ALERT_TRIANGLE;
      case ACTIVE -> Feather.CHECK_CIRCLE;
      case INVITED -> Feather.MAIL;
      case EXPIRED -> Feather.CLOCK;
      case RETIRED -> Feather.LOG_OUT;
      case REVOKED -> Feather.SLASH;
    };
  }

  private static Comparator<MemberRow> times(Function<MemberRow, @Nullable Instant> time) {
    return Comparator.comparing(row -> {
      Instant at = time.apply(row);
      return at == null ? Instant.MIN : at;
    });
  }

  private static void text(
      TableColumn<MemberRow, MemberRow> column, Function<MemberRow, String> text) {
    column(column, Comparator.comparing(text), (cell, row) -> cell.setText(text.apply(row)));
  }

  private static void column(
      TableColumn<MemberRow, MemberRow> column,
      Comparator<MemberRow> order,
      BiConsumer<TableCell<MemberRow, MemberRow>, MemberRow> show) {
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
    column.setComparator(order);
    column.setCellFactory(owner ->
        new TableCell<>() {
          @Override
          protected void updateItem(MemberRow row, boolean empty) {
            super.updateItem(row, empty);
            setText(null);
            setGraphic(null);
            getStyleClass().removeIf(it -> it.startsWith("verdict-"));
            if (!empty && row != null) {
              show.accept(this, row);
            }
          }
        });
  }
}
