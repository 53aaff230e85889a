package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.ChartGestures;
import dev.jiggety.desktop.chart.Palette;
import dev.jiggety.desktop.chart.ResponseChart;
import dev.jiggety.desktop.chart.Series;
import dev.jiggety.desktop.feed.RunPoint;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import dev.jiggety.model.rules.Statistics;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.util.StringConverter;
import org.controlsfx.control.SegmentedButton;
import org.jspecify.annotations.Nullable;

/** Ties the chart of a test to its view model. */
public final class ResultsController extends LiveActivity {
  private final ResultsViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final ResponseChart<RunPoint> chart;
  private final RunCard card;
  private final Legend legendItems;
  private final Parent view;
  private boolean choosing;

  @FXML private ComboBox<TestPicture> tests;
  @FXML private Label verdict;
  @FXML private Label subtitle;
  @FXML private Button edit;
  @FXML private SegmentedButton ranges;
  @FXML private ToggleButton live;
  @FXML private Node progress;
  @FXML private Label problem;
  @FXML private Label statistics;
  @FXML private StackPane host;
  @FXML private Pane overlay;
  @FXML private Node empty;
  @FXML private Label emptyTitle;
  @FXML private Label emptyText;
  @FXML private FlowPane legend;

  public ResultsController(ResultsViewModel model, Desk desk, ObservableValue<Palette> palette) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.chart =
        new ResponseChart<>(desk.tasks(), model.viewProperty(), desk.zone(), texts.locale());
    this.card = new RunCard(desk, ages);
    this.legendItems = new Legend(texts, palette, chart);
    chart.paletteProperty().bind(palette);
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    host.getChildren().addFirst(chart);
    ChartGestures.install(chart, model);
    card.setVisible(false);
    overlay.getChildren().add(card);
    chart.hoverPointProperty().addListener((property, before, now) -> showCard(now));
    chooser();
    ranges();
    live.selectedProperty().bindBidirectional(model.followingProperty());
    progress.visibleProperty().bind(model.loadingProperty());
    problem.textProperty().bind(model.problemProperty());
    problem.tooltipProperty().bind(model.problemProperty().map(ResultsController::tooltip));
    edit.disableProperty().bind(model.testProperty().isNull());
    model.linesProperty().subscribe(this::showLines);
    model.testProperty().subscribe(this::showTest);
    model.figuresProperty().subscribe(this::showFigures);
    model.loadingProperty().subscribe(now -> showEmptiness());
    model.problemProperty().subscribe(now -> showEmptiness());
    legendItems.fill(legend, List.of());
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
    chart.requestFocus();
  }

  @Override
  public void refresh() {
    model.restart();
  }

  @Override
  public void find() {
    tests.requestFocus();
    tests.show();
  }

  @FXML
  void edit() {
    model.edit();
  }

  @FXML
  void reset() {
    model.reset();
  }

  private void chooser() {
    tests.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable TestPicture picture) {
            return picture == null ? "" : picture.test().name();
          }

          @Override
          public @Nullable TestPicture fromString(String text) {
            throw new UnsupportedOperationException("only chosen, never typed");
          }
        });
    tests
        .valueProperty()
        .addListener((property, before, now) -> {
          if (!choosing && now != null) {
            model.testIdProperty().set(now.test().id());
          }
        });
  }

  private void ranges() {
    for (Range range : Range.values()) {
      ToggleButton button = new ToggleButton(texts.get("range." + range.name()));
      button.setMinWidth(Region.USE_PREF_SIZE);
      button.setUserData(range);
      button.setOnAction(event -> {
        button.setSelected(true);
        model.rangeProperty().set(range);
      });
      ranges.getButtons().add(button);
    }
    model
        .rangeProperty()
        .subscribe(range ->
            ranges.getButtons().forEach(it -> it.setSelected(range.equals(it.getUserData()))));
  }

  private void showTest(@Nullable TestPicture picture) {
    if (!tests.isShowing()) { // a list that is being looked at must not move
      choosing = true;
      if (!sameNames(tests.getItems(), model.tests())) {
        tests.getItems().setAll(model.tests());
      }
      tests.setValue(picture);
      choosing = false;
    }
    verdict.setVisible(picture != null);
    if (picture != null) {
      TestDefinition test = picture.test();
      VerdictLook look = test.active() ? VerdictLook.of(picture.verdict()) : VerdictLook.OFF;
      look.dress(verdict, texts);
      subtitle.setText(Schedules.inWords(test.schedule()));
      Duration limit = test.degraded().total();
      chart.setLimit(limit == null ? 0 : limit.toNanos() / 1e6);
      chart.setGap(silence(test));
      chart.setAccessibleText(texts.get("results.chart", test.name()));
    } else {
      subtitle.setText("");
    }
    showEmptiness();
  }

  /** Two runs left out in a row break the line; more than that would hide an outage of the node. */
  private Duration silence(TestDefinition test) {
    return Schedules.problem(test.schedule()).isPresent()
        ? Duration.ofDays(1)
        : Schedules.interval(test.schedule(), desk.now()).multipliedBy(3).plus(test.timeout());
  }

  private static boolean sameNames(List<TestPicture> some, List<TestPicture> others) {
    return some.stream()
        .map(it -> it.test().name())
        .toList()
        .equals(others.stream().map(it -> it.test().name()).toList());
  }

  private void showLines(List<Series<RunPoint>> lines) {
    chart.setSeries(lines);
    legendItems.fill(legend, lines);
    showEmptiness();
  }

  private void showEmptiness() {
    boolean nothing = model.linesProperty().get().isEmpty();
    empty.setVisible(nothing && !model.loadingProperty().get());
    chart.setVisible(!nothing);
    String key =
        model.testIdProperty().get() == null
            ? "results.noTest"
            : model.problemProperty().get().isEmpty() ? "results.noRuns" : "results.unread";
    emptyTitle.setText(texts.get(key + ".title"));
    emptyText.setText(texts.get(key + ".text"));
  }

  private static @Nullable Tooltip tooltip(String text) {
    return text.isEmpty() ? null : new Tooltip(text);
  }

  private void showFigures(SpanFigures figures) {
    Statistics times = figures.passed();
    statistics.setText(
        times == null
            ? texts.get("results.count", figures.count(), figures.failed())
            : texts.get(
                "results.statistics",
                figures.count(),
                figures.failed(),
                ages.millis(times.min()),
                ages.millis(times.median()),
                ages.millis(times.max())));
  }

  private void showCard(ResponseChart.@Nullable Hover<RunPoint> hover) {
    card.setVisible(hover != null);
    if (hover != null) {
      card.show(hover.line().name(), Objects.requireNonNull(hover.item()));
      card.place(overlay, hover.x(), hover.y());
    }
  }
}
