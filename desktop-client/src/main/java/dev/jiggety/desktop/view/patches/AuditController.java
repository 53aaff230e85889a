package dev.jiggety.desktop.view.patches;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.AuditEntry;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;

/** Ties the audit log to its view model. */
public final class AuditController {
  private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

  private final AuditViewModel model;
  private final Desk desk;
  private final Ages ages;
  private final Parent view;

  @FXML private TextField auditFilter;
  @FXML private Label verdict;
  @FXML private ProgressIndicator progress;
  @FXML private Button cancel;
  @FXML private TableView<AuditEntry> entries;
  @FXML private TableColumn<AuditEntry, String> number;
  @FXML private TableColumn<AuditEntry, String> at;
  @FXML private TableColumn<AuditEntry, String> by;
  @FXML private TableColumn<AuditEntry, String> about;
  @FXML private TableColumn<AuditEntry, String> text;

  AuditController(AuditViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.ages = new Ages(desk.texts(), desk.zone());
    this.view = new Fxml(desk.texts()).load(this);
  }

  @FXML
  void initialize() {
    auditFilter.textProperty().bindBidirectional(model.filterProperty());
    verdict.textProperty().bind(model.verdictProperty());
    model.brokenProperty().subscribe(bad -> verdict.pseudoClassStateChanged(BAD, bad));
    progress.visibleProperty().bind(model.busyProperty());
    cancel.visibleProperty().bind(model.busyProperty());
    entries.setItems(model.entries());
    entries.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    column(number, entry -> String.valueOf(entry.number()));
    column(at, entry -> ages.time(entry.at(), desk.now()));
    column(by, AuditEntry::by);
    column(about, AuditEntry::about);
    column(text, AuditEntry::text);
  }

  Parent view() {
    return view;
  }

  @FXML
  void verify() {
    model.load();
  }

  @FXML
  void cancel() {
    model.cancel();
  }

  private static void column(
      TableColumn<AuditEntry, String> column, Function<AuditEntry, String> words) {
    column.setSortable(false);
    column.setCellValueFactory(
        cell -> new ReadOnlyStringWrapper(words.apply(cell.getValue())).getReadOnlyProperty());
  }
}
