package dev.jiggety.desktop.run;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.widget.Ages;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;

/** A waterfall as a table: for eyes a bar in each row, for screen readers its phases in words. */
final class BarTable {
  private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

  private final TableView<BarRow> table;
  private final Ages ages;
  private Duration axis = Duration.ZERO;

  /**
   * Dresses a table.
   *
   * @param what what its rows are, as the heading of the first column
   * @param note heading of the column of notes
   */
  BarTable(TableView<BarRow> table, Texts texts, Ages ages, String what, String note) {
    this.table = table;
    this.ages = ages;
    table.getStyleClass().add("waterfall");
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    TableColumn<BarRow, BarRow> name = column(what, 260);
    name.setCellFactory(_ -> new TextCell(BarRow::name));
    TableColumn<BarRow, BarRow> notes = column(note, 64);
    notes.setMinWidth(66);
    notes.setMaxWidth(90);
    notes.setCellFactory(_ -> new TextCell(BarRow::note));
    TableColumn<BarRow, BarRow> time = column(texts.get("run.column.time"), 80);
    time.setMinWidth(80);
    time.setMaxWidth(110);
    time.getStyleClass().add("figure-column");
    time.setCellFactory(_ -> new TextCell(row -> this.ages.millis(row.length())));
    TableColumn<BarRow, BarRow> bars = column(texts.get("run.column.bar"), 300);
    bars.setMinWidth(120);
    bars.setCellFactory(_ -> new BarCell());
    table.getColumns().setAll(List.of(name, notes, time, bars));
    table.setRowFactory(_ -> new FailingRow());
  }

  /** Shows rows on an axis that is at least so long. */
  void show(List<BarRow> rows, Duration atLeast) {
    axis =
        rows.stream()
            .map(BarRow::end)
            .max(Comparator.naturalOrder())
            .filter(end -> end.compareTo(atLeast) > 0)
            .orElse(atLeast);
    table.getItems().setAll(rows);
    if (!rows.isEmpty()) {
      table.getSelectionModel().selectFirst();
    }
  }

  private static TableColumn<BarRow, BarRow> column(String heading, double width) {
    TableColumn<BarRow, BarRow> column = new TableColumn<>(heading);
    column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
    column.setSortable(false);
    column.setReorderable(false);
    column.setPrefWidth(width);
    return column;
  }

  private static final class FailingRow extends TableRow<BarRow> {
    @Override
    protected void updateItem(BarRow row, boolean empty) {
      super.updateItem(row, empty);
      boolean some = !empty && row != null;
      pseudoClassStateChanged(FAILED, some && row.failed());
      setAccessibleText(some ? row.name() + ", " + row.note() + ", " + row.spoken() : null);
    }
  }

  private static final class TextCell extends TableCell<BarRow, BarRow> {
    private final Function<BarRow, String> text;

    TextCell(Function<BarRow, String> text) {
      this.text = text;
    }

    @Override
    protected void updateItem(BarRow row, boolean empty) {
      super.updateItem(row, empty);
      String said = empty || row == null ? "" : text.apply(row);
      setText(said);
      setTooltip(said.isEmpty() ? null : new Tooltip(said));
    }
  }

  private final class BarCell extends TableCell<BarRow, BarRow> {
    private final BarTrack track = new BarTrack();

    BarCell() {
      setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
      track.prefWidthProperty().bind(widthProperty().subtract(18));
    }

    @Override
    protected void updateItem(BarRow row, boolean empty) {
      super.updateItem(row, empty);
      if (empty || row == null) {
        setGraphic(null);
        setTooltip(null);
        return;
      }
      track.show(row, axis);
      setGraphic(track);
      setTooltip(new Tooltip(row.spoken()));
      setAccessibleText(row.spoken());
    }
  }
}
