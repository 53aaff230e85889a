package dev.jiggety.desktop.view.tests;

import atlantafx.base.controls.CustomTextField;
import dev.jiggety.desktop.chart.Palette;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.view.tests.TestsViewModel.Emptiness;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.VerdictLook;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableValue;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Ties the table of tests to its view model. */
public final class TestsController extends LiveActivity {
  private final TestsViewModel model;
  private final Texts texts;
  private final Ages ages;
  private final Desk desk;
  private final ObservableValue<Palette> palette;
  private final Parent view;
  private final Map<String, String> sortedNames = new HashMap<>();

  private final ImportViewModel imports;
  private final BulkViewModel bulk;

  @FXML private Label count;
  @FXML private VBox panels;
  @FXML private CustomTextField search;
  @FXML private ComboBox<@Nullable VerdictLook> verdict;
  @FXML private ComboBox<@Nullable String> tag;
  @FXML private Button results;
  @FXML private Button edit;
  @FXML private Button duplicate;
  @FXML private Button toggle;
  @FXML private Button delete;
  @FXML private TableView<TestRow> table;
  @FXML private TableColumn<TestRow, TestPicture> verdictColumn;
  @FXML private TableColumn<TestRow, TestPicture> nameColumn;
  @FXML private TableColumn<TestRow, TestPicture> tagsColumn;
  @FXML private TableColumn<TestRow, TestPicture> scheduleColumn;
  @FXML private TableColumn<TestRow, TestPicture> lastColumn;
  @FXML private TableColumn<TestRow, TestPicture> medianColumn;
  @FXML private TableColumn<TestRow, TestPicture> sparkColumn;
  @FXML private TableColumn<TestRow, TestPicture> nodesColumn;
  @FXML private FontIcon emptyIcon;
  @FXML private Label emptyTitle;
  @FXML private Label emptyText;
  @FXML private Button emptyAction;

  public TestsController(TestsViewModel model, Desk desk, ObservableValue<Palette> palette) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.palette = palette;
    this.imports = model.imports();
    this.bulk = model.bulk();
    this.view = new Fxml(texts).load(this);
    ImportDrop.install(view, imports);
  }

  @FXML
  void initialize() {
    count.textProperty().bind(model.countProperty());
    filters();
    columns();
    table();
    buttons();
    panels();
    model.emptinessProperty().subscribe(this::showEmptiness);
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
  void create() {
    model.create();
  }

  @FXML
  void openResults() {
    model.openResults();
  }

  @FXML
  void edit() {
    model.edit();
  }

  @FXML
  void duplicate() {
    model.duplicate();
  }

  @FXML
  void toggle() {
    model.toggle();
  }

  @FXML
  void delete() {
    model.delete();
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
    search.textProperty().bindBidirectional(model.searchProperty());
    search.setOnKeyPressed(event -> {
      if (event.getCode() == KeyCode.ESCAPE) {
        search.clear();
      } else if (event.getCode() == KeyCode.DOWN) {
        table.requestFocus();
      }
    });
    verdict.getItems().add(null);
    verdict.getItems().addAll(VerdictLook.values());
    verdict.setConverter(
        words(look -> look == null ? texts.get("tests.filter.anyVerdict") : look.word(texts)));
    verdict.valueProperty().bindBidirectional(model.verdictProperty());
    tag.setConverter(words(name -> name == null ? texts.get("tests.filter.anyTag") : name));
    tag.valueProperty().bindBidirectional(model.tagProperty());
    model.tags().subscribe(this::showTags);
    showTags();
  }

  private void showTags() {
    String chosen = model.tagProperty().get();
    tag.getItems().setAll(model.tags());
    tag.getItems().addFirst(null);
    tag.setValue(model.tags().contains(chosen) ? chosen : null);
  }

  private void columns() {
    TestCells cells = new TestCells(desk, ages, palette);
    for (TableColumn<TestRow, TestPicture> column :
        List.of(
            verdictColumn,
            nameColumn,
            tagsColumn,
            scheduleColumn,
            lastColumn,
            medianColumn,
            sparkColumn,
            nodesColumn)) {
      column.setCellValueFactory(cell -> cell.getValue().pictureProperty());
    }
    verdictColumn.setCellFactory(column -> cells.verdict());
    nameColumn.setCellFactory(column -> cells.name());
    tagsColumn.setCellFactory(column -> cells.tags());
    scheduleColumn.setCellFactory(column -> cells.schedule());
    lastColumn.setCellFactory(column -> cells.last());
    medianColumn.setCellFactory(column -> cells.median());
    sparkColumn.setCellFactory(column -> cells.sparkline());
    nodesColumn.setCellFactory(column -> cells.nodes());
    verdictColumn.setComparator(Comparator.comparingInt(TestsController::severity));
    nameColumn.setComparator(Comparator.comparing(this::sortedName));
    tagsColumn.setComparator(Comparator.comparing(it -> String.join(", ", it.test().tags())));
    scheduleColumn.setComparator(Comparator.comparing(it -> it.test().schedule().toString()));
    lastColumn.setComparator(
        Comparator.comparing(it -> Objects.requireNonNullElse(it.lastAt(), Instant.EPOCH)));
    medianColumn.setComparator(
        Comparator.comparing(it -> Objects.requireNonNullElse(it.median(), Duration.ZERO)));
    nodesColumn.setComparator(Comparator.comparingInt(it -> it.nodes().size()));
  }

  /** Made once for each name: thousands of rows are compared at every sorting. */
  private String sortedName(TestPicture picture) {
    return sortedNames.computeIfAbsent(
        picture.test().name(), name -> name.toLowerCase(texts.locale()));
  }

  /** The worst first. */
  private static int severity(TestPicture picture) {
    if (!picture.test().active()) {
      return 4;
    }
    return switch (picture.verdict()) {
      case DOWN -> 0;
      case DEGRADED -> 1;
      case UNKNOWN -> 2;
      case UP -> 3;
    };
  }

  private void table() {
    SortedList<TestRow> sorted = new SortedList<>(model.shown());
    sorted.comparatorProperty().bind(table.comparatorProperty());
    table.setItems(sorted);
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.getSortOrder().add(nameColumn);
    table
        .getSelectionModel()
        .selectedItemProperty()
        .subscribe(row -> model.selectedProperty().set(row));
    table.setOnKeyPressed(this::key);
    table.setRowFactory(owner -> {
      TableRow<TestRow> row = new TableRow<>();
      row.setOnMouseClicked(event -> {
        if (event.getClickCount() == 2
            && event.getButton() == MouseButton.PRIMARY
            && !row.isEmpty()) {
          model.openResults();
        }
      });
      return row;
    });
    table.setContextMenu(new TestsMenu(model, texts).menu());
  }

  private void panels() {
    BulkController several = new BulkController(bulk, texts);
    panels.getChildren().setAll(new ImportController(imports, texts).view(), several.view());
    table
        .getSelectionModel()
        .getSelectedItems()
        .subscribe(() -> {
          List<TestRow> rows =
              table.getSelectionModel().getSelectedItems().stream()
                  .filter(Objects::nonNull)
                  .toList();
          model.select(rows);
          several.about(rows.size());
        });
  }

  @FXML
  void importFiles() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle(texts.get("tests.import"));
    List<File> files = chooser.showOpenMultipleDialog(view.getScene().getWindow());
    if (files != null) {
      imports.readFiles(files.stream().map(File::toPath).toList());
    }
  }

  private void buttons() {
    BooleanBinding none = Bindings.isNull(model.selectedProperty());
    for (Button button : List.of(results, edit, duplicate, toggle, delete)) {
      button.disableProperty().bind(none);
    }
    ObservableValue<Boolean> active =
        model
            .selectedProperty()
            .flatMap(TestRow::pictureProperty)
            .map(picture -> picture.test().active())
            .orElse(true);
    toggle
        .textProperty()
        .bind(active.map(on -> texts.get(on ? "tests.switch.off" : "tests.switch.on")));
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() && event.getCode() == KeyCode.D) {
      model.duplicate();
    } else if (event.isShortcutDown() && event.getCode() == KeyCode.E) {
      model.edit();
    } else if (event.getCode() == KeyCode.ENTER) {
      model.openResults();
    } else if (event.getCode() == KeyCode.F2) {
      model.edit();
    } else if (event.getCode() == KeyCode.DELETE) {
      model.delete();
    } else {
      return;
    }
    event.consume();
  }

  private void showEmptiness(Emptiness why) {
    String key = "tests.empty." + (why == Emptiness.NONE ? Emptiness.WAITING : why);
    emptyTitle.setText(texts.get(key + ".title"));
    emptyText.setText(texts.get(key + ".text"));
    emptyIcon.setIconCode(
        switch (why) {
          case NO_TESTS -> Feather.INBOX;
          case NO_MATCH -> Feather.SEARCH;
          case NONE, WAITING -> Feather.RADIO;
        });
    boolean offersSomething = why == Emptiness.NO_TESTS || why == Emptiness.NO_MATCH;
    emptyAction.setVisible(offersSomething);
    emptyAction.setText(texts.get(why == Emptiness.NO_MATCH ? "tests.filter.clear" : "tests.new"));
  }

  private static <T> StringConverter<@Nullable T> words(Function<@Nullable T, String> word) {
    return new StringConverter<>() {
      @Override
      public String toString(@Nullable T value) {
        return word.apply(value);
      }

      @Override
      public @Nullable T fromString(String text) {
        throw new UnsupportedOperationException("only chosen, never typed");
      }
    };
  }
}
