package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Annotation;
import dev.jiggety.desktop.chart.ChartGestures;
import dev.jiggety.desktop.chart.ChartInput;
import dev.jiggety.desktop.chart.ChartInput.Pane;
import dev.jiggety.desktop.chart.ChartStack;
import dev.jiggety.desktop.chart.Hover;
import dev.jiggety.desktop.chart.Palette;
import dev.jiggety.desktop.chart.Words;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Action;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.run.RunPane;
import dev.jiggety.desktop.view.results.Opener.Opened;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import java.text.NumberFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.control.SegmentedButton;
import org.jspecify.annotations.Nullable;

/** Ties the charts of a test to their view model. */
public final class ResultsController extends LiveActivity {
  private final ResultsViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final ChartStack charts;
  private final RunCard card;
  private final Legend legendItems;
  private final Exports exports;
  private final SpanChooser spanChooser;
  private final CompareChooser compareChooser;
  private final RunPane runPane;
  private final Parent view;
  private boolean choosing;

  @FXML private ComboBox<TestPicture> tests;
  @FXML private Label verdict;
  @FXML private Label subtitle;
  @FXML private Button edit;
  @FXML private SegmentedButton ranges;
  @FXML private Button span;
  @FXML private ToggleButton live;
  @FXML private SegmentedButton lines;
  @FXML private MenuButton panes;
  @FXML private CheckMenuItem powers;
  @FXML private Button compare;
  @FXML private Node reading;
  @FXML private Label age;
  @FXML private Label problem;
  @FXML private Label statistics;
  @FXML private StackPane host;
  @FXML private javafx.scene.layout.Pane overlay;
  @FXML private Node empty;
  @FXML private Label emptyTitle;
  @FXML private Label emptyText;
  @FXML private VBox side;
  @FXML private FlowPane legend;

  public ResultsController(ResultsViewModel model, Desk desk, ObservableValue<Palette> palette) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    Map<Pane, String> names = new EnumMap<>(Pane.class);
    for (Pane pane : Pane.values()) {
      names.put(pane, texts.get("pane." + pane.name()));
    }
    this.charts =
        new ChartStack(
            desk.tasks(), model.viewProperty(), new Words(names, desk.zone(), texts.locale()));
    this.card = new RunCard(desk, ages);
    this.legendItems = new Legend(texts, palette, model);
    this.exports = new Exports(desk, model, charts);
    this.spanChooser = new SpanChooser(desk, model);
    this.compareChooser = new CompareChooser(desk, model);
    this.runPane = new RunPane(desk);
    charts.paletteProperty().bind(palette);
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    host.getChildren().addFirst(charts);
    ChartGestures.install(charts, model);
    charts.onOpen(model::open, model::open);
    charts.widthProperty().subscribe(width -> model.setPixels(width.intValue()));
    card.setVisible(false);
    overlay.getChildren().add(card);
    charts.hoverPointProperty().subscribe(now -> showCard());
    charts.annotationProperty().subscribe(now -> showCard());
    side.getChildren().add(runPane);
    VBox.setVgrow(runPane, Priority.ALWAYS);
    model.openedProperty().subscribe(this::showRun);
    chooser();
    ranges();
    looks();
    live.selectedProperty().bindBidirectional(model.followingProperty());
    model.progressProperty().subscribe(now -> showProgress());
    problem.textProperty().bind(model.problemProperty());
    problem.tooltipProperty().bind(model.problemProperty().map(ResultsController::tooltip));
    edit.disableProperty().bind(model.testProperty().isNull());
    model.inputProperty().subscribe(this::showInput);
    model.testProperty().subscribe(this::showTest);
    model.figuresProperty().subscribe(this::showFigures);
    model.oldSinceProperty().subscribe(this::showAge);
    model.problemProperty().subscribe(now -> showEmptiness());
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
    charts.requestFocus();
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

  @Override
  public List<Action> offers() {
    List<Action> actions = new ArrayList<>();
    actions.add(Action.of(texts.get("results.span"), this::span));
    actions.add(Action.of(texts.get("results.compare"), this::compare));
    actions.add(Action.of(texts.get("results.export.PNG"), this::exportPng));
    actions.add(Action.of(texts.get("results.export.SVG"), this::exportSvg));
    actions.add(Action.of(texts.get("results.export.CSV"), this::exportCsv));
    return actions;
  }

  @FXML
  void edit() {
    model.edit();
  }

  @FXML
  void reset() {
    model.reset();
  }

  @FXML
  void cancel() {
    model.cancel();
  }

  @FXML
  void span() {
    spanChooser.open(span);
  }

  @FXML
  void compare() {
    compareChooser.open(compare);
  }

  @FXML
  void exportPng() {
    exports.ask(Exports.Format.PNG);
  }

  @FXML
  void exportSvg() {
    exports.ask(Exports.Format.SVG);
  }

  @FXML
  void exportCsv() {
    exports.ask(Exports.Format.CSV);
  }

  @FXML
  void closeRun() {
    model.closeRun();
    charts.requestFocus();
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
      ToggleButton button = toggle("range." + range.name(), range);
      button.setOnAction(event -> {
        button.setSelected(true);
        model.rangeProperty().set(range);
        model.reset();
      });
      ranges.getButtons().add(button);
    }
    model
        .rangeProperty()
        .subscribe(range ->
            ranges.getButtons().forEach(it -> it.setSelected(it.getUserData().equals(range))));
  }

  private ToggleButton toggle(String key, Object data) {
    ToggleButton button = new ToggleButton(texts.get(key));
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setUserData(data);
    return button;
  }

  private void looks() {
    for (boolean percentiles : new boolean[] {false, true}) {
      ToggleButton button =
          toggle(percentiles ? "results.lines.percentiles" : "results.lines.nodes", percentiles);
      button.setOnAction(event -> {
        button.setSelected(true);
        change(model.looksProperty().get().withPercentiles(percentiles));
      });
      lines.getButtons().add(button);
    }
    powers.setOnAction(
        event -> change(model.looksProperty().get().withPowers(powers.isSelected())));
    Map<Pane, CheckMenuItem> items = new EnumMap<>(Pane.class);
    for (Pane pane : Pane.values()) {
      CheckMenuItem item = new CheckMenuItem(texts.get("pane." + pane.name()));
      item.setOnAction(event -> change(model.looksProperty().get().with(pane, item.isSelected())));
      items.put(pane, item);
      panes.getItems().add(items.size() - 1, item);
    }
    model
        .looksProperty()
        .subscribe(now -> {
          lines
              .getButtons()
              .forEach(it -> it.setSelected(it.getUserData().equals(now.percentiles())));
          powers.setSelected(now.powers());
          items.forEach((pane, item) -> item.setSelected(now.panes().contains(pane)));
          lines.setDisable(now.compares());
        });
  }

  private void change(Looks now) {
    boolean same = now.equals(model.looksProperty().get());
    model.looksProperty().set(now);
    if (same) { // the last chart was not taken away: its mark comes back
      panes
          .getItems()
          .forEach(item -> {
            if (item instanceof CheckMenuItem mark
                && !mark.equals(powers)
                && now.panes().size() == 1) {
              mark.setSelected(
                  mark.getText().equals(texts.get("pane." + now.panes().iterator().next().name())));
            }
          });
    }
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
      charts.setAccessibleText(texts.get("results.chart", test.name()));
    } else {
      subtitle.setText("");
    }
    showEmptiness();
  }

  private static boolean sameNames(List<TestPicture> some, List<TestPicture> others) {
    return some.stream()
        .map(it -> it.test().name())
        .toList()
        .equals(others.stream().map(it -> it.test().name()).toList());
  }

  private void showInput(ChartInput input) {
    charts.setInput(input);
    legendItems.fill(legend, input);
    showEmptiness();
  }

  private void showProgress() {
    double now = model.progressProperty().get();
    reading.setVisible(now < Loader.IDLE);
    reading.setManaged(now < Loader.IDLE);
    showEmptiness();
  }

  private void showEmptiness() {
    boolean nothing = model.inputProperty().get().isEmpty();
    empty.setVisible(nothing && !model.isLoading());
    charts.setVisible(!nothing);
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
    NumberFormat percent = NumberFormat.getPercentInstance(texts.locale());
    percent.setMaximumFractionDigits(3);
    statistics.setText(
        figures.isEmpty()
            ? texts.get("results.count", figures.runs(), figures.down())
            : texts.get(
                    "results.statistics",
                    figures.runs(),
                    figures.down(),
                    figures.availability().isPresent()
                        ? percent.format(figures.availability().getAsDouble())
                        : "–")
                + " · "
                + texts.get(
                    "results.quantiles",
                    ages.millis(figures.quantile(0.5)),
                    ages.millis(figures.quantile(0.95)),
                    ages.millis(figures.quantile(0.99))));
  }

  private void showAge(@Nullable Instant since) {
    age.setText(since == null ? "" : texts.get("results.old", ages.time(since, desk.now())));
  }

  private void showCard() {
    Hover hover = charts.hoverPointProperty().get();
    Annotation happened = charts.annotationProperty().get();
    card.setVisible(hover != null || happened != null);
    if (happened != null) {
      card.show(happened);
      card.place(overlay, charts.mouseX(), 30);
    } else if (hover != null) {
      card.show(hover);
      card.place(overlay, hover.x(), Double.isNaN(hover.y()) ? charts.mouseY() : hover.y());
    }
  }

  private void showRun(@Nullable Opened opened) {
    side.setVisible(opened != null);
    side.setManaged(opened != null);
    if (opened == null) {
      runPane.clear();
    } else {
      TestPicture picture = model.testProperty().get();
      runPane.show(
          picture == null ? opened.run().testId() : picture.test().name(),
          opened.run(),
          opened.pictures());
    }
  }
}
