package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.view.incidents.IncidentsViewModel.About;
import dev.jiggety.desktop.view.incidents.IncidentsViewModel.Range;
import dev.jiggety.desktop.view.incidents.IncidentsViewModel.Row;
import dev.jiggety.desktop.widget.Ages;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Ties the list of incidents, its timeline and what is chosen to their view models. */
public final class IncidentsController extends LiveActivity {
  private final IncidentsViewModel model;
  private final WhyNotViewModel whyNotModel;
  private final Desk desk;
  private final Texts texts;
  private final IncidentController incident;
  private final WhyNotController whyNotPane;
  private final IncidentTimeline timeline;
  private final Parent view;
  private final Ages ages;

  @FXML private Label summary;
  @FXML private TextField filter;
  @FXML private ComboBox<About> about;
  @FXML private ComboBox<Range> range;
  @FXML private CheckBox openOnly;
  @FXML private CheckBox unattended;
  @FXML private ProgressIndicator progress;
  @FXML private Label problem;
  @FXML private ToggleButton whyNot;
  @FXML private StackPane timelineHost;
  @FXML private ListView<Row> incidents;
  @FXML private StackPane detail;
  @FXML private VBox nothing;
  @FXML private Label nothingTitle;
  @FXML private Label nothingText;
  @FXML private Button showAll;

  public IncidentsController(IncidentsViewModel model, Session session, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.whyNotModel = new WhyNotViewModel(desk, session);
    this.incident = new IncidentController(model.incident(), desk);
    this.whyNotPane = new WhyNotController(whyNotModel, desk);
    this.timeline = new IncidentTimeline(desk, model.selectedProperty()::set);
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    summary.textProperty().bind(model.summaryProperty());
    filter.textProperty().bindBidirectional(model.filterProperty());
    fill(about, About.values(), it -> texts.get("incidents.about." + it.name()));
    about.valueProperty().bindBidirectional(model.aboutProperty());
    fill(range, Range.values(), it -> texts.get("incidents.range." + it.name()));
    range.valueProperty().bindBidirectional(model.rangeProperty());
    openOnly.selectedProperty().bindBidirectional(model.openOnlyProperty());
    unattended.selectedProperty().bindBidirectional(model.unattendedProperty());
    progress.visibleProperty().bind(model.busyProperty());
    progress.managedProperty().bind(progress.visibleProperty());
    problem.textProperty().bind(model.problemProperty());
    problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
    problem.managedProperty().bind(problem.visibleProperty());
    timelineHost.getChildren().add(timeline);
    incidents.setItems(model.rows());
    incidents.setCellFactory(list -> new IncidentCell(texts, ages));
    incidents
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((property, before, now) -> {
          if (now != null) {
            whyNot.setSelected(false);
            model.selectedProperty().set(now.state().incident().id());
          }
        });
    model.selectedProperty().subscribe(this::select);
    model.rows().subscribe(this::rowsChanged);
    whyNot.selectedProperty().subscribe(on -> showDetail());
    model.incident().storyProperty().subscribe(story -> showDetail());
    showAll
        .visibleProperty()
        .bind(
            Bindings.isNotEmpty(filter.textProperty())
                .or(openOnly.selectedProperty())
                .or(unattended.selectedProperty())
                .or(about.valueProperty().isNotEqualTo(About.ALL)));
    rowsChanged();
  }

  @Override
  public Parent view() {
    return view;
  }

  @Override
  protected Pin follow() {
    return Pin.all(model.activate(), whyNotModel.activate(), desk.everySecond(this::showTimeline));
  }

  @Override
  public void activate() {
    super.activate();
    showTimeline();
    incidents.requestFocus();
  }

  @Override
  public void refresh() {
    model.reload();
  }

  @Override
  public void find() {
    filter.requestFocus();
    filter.selectAll();
  }

  @FXML
  void showAll() {
    model.showAll();
  }

  @FXML
  void alerting() {
    desk.navigator().alerting("");
  }

  private void showTimeline() {
    timeline.show(model.rows(), model.from(), desk.now(), model.selectedProperty().get());
  }

  private void rowsChanged() {
    boolean none = model.rows().isEmpty();
    nothing.setVisible(none);
    nothing.setManaged(none);
    boolean filtered = showAll.isVisible();
    nothingTitle.setText(texts.get(filtered ? "incidents.noMatch" : "incidents.empty.title"));
    nothingText.setText(texts.get(filtered ? "incidents.noMatch.text" : "incidents.empty.text"));
    select(model.selectedProperty().get());
    showTimeline();
  }

  private void select(@Nullable String id) {
    Row wanted =
        model.rows().stream()
            .filter(row -> row.state().incident().id().equals(id))
            .findFirst()
            .orElse(null);
    if (wanted != null && wanted != incidents.getSelectionModel().getSelectedItem()) {
      incidents.getSelectionModel().select(wanted);
      incidents.scrollTo(wanted);
    } else if (wanted == null) {
      incidents.getSelectionModel().clearSelection();
    }
    showTimeline();
  }

  private void showDetail() {
    if (whyNot.isSelected()) {
      put(whyNotPane.view());
    } else if (model.incident().storyProperty().get() != null) {
      put(incident.view());
    } else {
      detail.getChildren().clear();
    }
  }

  private void put(Node node) {
    if (detail.getChildren().isEmpty() || !detail.getChildren().getFirst().equals(node)) {
      detail.getChildren().setAll(node);
    }
  }

  private <T extends Enum<T>> void fill(ComboBox<T> box, T[] values, Function<T, String> word) {
    box.getItems().setAll(values);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable T value) {
            return value == null ? "" : word.apply(value);
          }

          @Override
          public T fromString(String text) {
            return Objects.requireNonNull(box.getValue()); // only chosen, never typed
          }
        });
  }
}
