package dev.jiggety.desktop.run;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.PhaseBar;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Check;
import dev.jiggety.model.Verdict;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Ties what is shown of a run to its view model. */
public final class RunController {
  private final RunViewModel model;
  private final Texts texts;
  private final Ages ages;
  private final PhaseBar phases;
  private BarTable hopBars;
  private BarTable stepBars;
  private BarTable resourceBars;

  @FXML private HBox head;
  @FXML private Label title;
  @FXML private Label verdict;
  @FXML private Label subtitle;
  @FXML private ComboBox<SampleStory> samples;
  @FXML private Label summary;
  @FXML private Label failure;
  @FXML private VBox notes;
  @FXML private TabPane tabs;
  @FXML private Tab timing;
  @FXML private TableView<BarRow> hops;
  @FXML private VBox phaseHost;
  @FXML private Tab steps;
  @FXML private TableView<BarRow> stepTable;
  @FXML private Tab page;
  @FXML private Label pageLine;
  @FXML private TableView<SampleStory.Milestone> milestones;
  @FXML private TableView<BarRow> resourceTable;
  @FXML private ListView<String> messages;
  @FXML private Tab answer;
  @FXML private Label address;
  @FXML private TableView<Check.Header> headers;
  @FXML private TextArea body;
  @FXML private Tab details;
  @FXML private ListView<String> forms;
  @FXML private ListView<String> links;
  @FXML private ListView<String> leftOut;
  @FXML private Tab picture;
  @FXML private ImageView image;
  @FXML private Label pictureState;

  @SuppressWarnings("NullAway.Init") // made when the view is loaded
  RunController(RunViewModel model, Desk desk) {
    this.model = model;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.phases = new PhaseBar(texts, ages);
  }

  @FXML
  void initialize() {
    title.textProperty().bind(model.titleProperty());
    subtitle.textProperty().bind(model.subtitleProperty());
    shown(head, !model.titleProperty().get().isEmpty());
    model.titleProperty().subscribe(name -> shown(head, !name.isEmpty()));
    model.verdictProperty().subscribe(this::dress);
    phaseHost.getChildren().add(phases);
    hopBars =
        new BarTable(
            hops, texts, ages, texts.get("run.column.request"), texts.get("run.column.status"));
    stepBars =
        new BarTable(
            stepTable, texts, ages, texts.get("run.column.step"), texts.get("run.column.line"));
    resourceBars =
        new BarTable(
            resourceTable,
            texts,
            ages,
            texts.get("run.column.resource"),
            texts.get("run.column.status"));
    twoColumns(
        headers,
        texts.get("run.column.header"),
        Check.Header::name,
        texts.get("run.column.value"),
        Check.Header::value);
    twoColumns(
        milestones,
        texts.get("run.column.milestone"),
        SampleStory.Milestone::name,
        texts.get("run.column.time"),
        SampleStory.Milestone::time);
    prepareSamples();
    model.pictureProperty().subscribe(this::showPicture);
    pictureState.textProperty().bind(model.pictureStateProperty());
    tabs.getSelectionModel().selectedItemProperty().subscribe(this::looksAt);
    model.selectedProperty().subscribe(this::show);
  }

  private void prepareSamples() {
    samples.setItems(FXCollections.observableArrayList(model.samples()));
    model
        .samples()
        .addListener(
            (ListChangeListener<SampleStory>)
                _ -> {
                  samples.getItems().setAll(model.samples());
                  shown(samples, model.samples().size() > 1);
                });
    shown(samples, model.samples().size() > 1);
    samples.setButtonCell(new StoryCell());
    samples.setCellFactory(_ -> new StoryCell());
    samples
        .valueProperty()
        .subscribe(chosen -> {
          if (chosen != null) {
            model.selectedProperty().set(chosen);
          }
        });
  }

  private void dress(@Nullable Verdict now) {
    if (now != null) {
      VerdictLook.of(now).dress(verdict, texts);
    }
  }

  private void show(@Nullable SampleStory sample) {
    shown(tabs, sample != null);
    shown(summary, sample != null);
    if (sample == null) {
      shown(failure, false);
      shown(notes, false);
      return;
    }
    samples.setValue(sample);
    summary.setText(sample.summary());
    failure.setText(sample.failure());
    shown(failure, !sample.failure().isEmpty());
    notes.getChildren().setAll(sample.notes().stream().map(RunController::note).toList());
    shown(notes, !sample.notes().isEmpty());
    hopBars.show(sample.hops(), sample.total());
    phases.show(sample.phases(), sample.total());
    stepBars.show(sample.steps(), sample.total());
    pageLine.setText(sample.page());
    milestones.getItems().setAll(sample.milestones());
    resourceBars.show(sample.resources(), Duration.ZERO);
    messages.getItems().setAll(sample.messages());
    shown(messages, !sample.messages().isEmpty());
    address.setText(sample.address());
    headers.getItems().setAll(sample.headers());
    body.setText(sample.body());
    forms.getItems().setAll(sample.forms());
    links.getItems().setAll(sample.links());
    leftOut.getItems().setAll(sample.leftOut());
    chooseTabs(sample);
  }

  /** Only what there is to see; who looked at steps goes on looking at steps. */
  private void chooseTabs(SampleStory sample) {
    List<Tab> wanted = new ArrayList<>();
    if (!sample.hops().isEmpty() || !sample.phases().happened().isEmpty()) {
      wanted.add(timing);
    }
    if (!sample.steps().isEmpty()) {
      wanted.add(steps);
    }
    if (sample.hasPage()) {
      wanted.add(page);
    }
    if (sample.hasAnswer()) {
      wanted.add(answer);
    }
    if (sample.hasDetails()) {
      wanted.add(details);
    }
    if (sample.picture() != null) {
      wanted.add(picture);
    }
    Tab before = tabs.getSelectionModel().getSelectedItem();
    if (!tabs.getTabs().equals(wanted)) {
      tabs.getTabs().setAll(wanted);
      if (wanted.contains(before)) {
        tabs.getSelectionModel().select(before);
      }
    }
    shown(tabs, !wanted.isEmpty());
    looksAt(tabs.getSelectionModel().getSelectedItem());
  }

  private void looksAt(@Nullable Tab tab) {
    if (picture.equals(tab)) {
      model.wantPicture();
    }
  }

  private void showPicture(byte @Nullable [] bytes) {
    image.setImage(bytes == null ? null : new Image(new ByteArrayInputStream(bytes)));
  }

  private static Label note(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    label.getStyleClass().add("hint");
    return label;
  }

  private static <T> void twoColumns(
      TableView<T> table,
      String first,
      Function<T, String> left,
      String second,
      Function<T, String> right) {
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.getColumns().setAll(List.of(column(first, left), column(second, right)));
  }

  private static <T> TableColumn<T, String> column(String heading, Function<T, String> text) {
    TableColumn<T, String> column = new TableColumn<>(heading);
    column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
    column.setSortable(false);
    column.setPrefWidth(220);
    return column;
  }

  private static void shown(Node node, boolean is) {
    node.setVisible(is);
    node.setManaged(is);
  }

  private static final class StoryCell extends ListCell<SampleStory> {
    @Override
    protected void updateItem(SampleStory story, boolean empty) {
      super.updateItem(story, empty);
      setText(empty || story == null ? "" : story.title());
    }
  }
}
