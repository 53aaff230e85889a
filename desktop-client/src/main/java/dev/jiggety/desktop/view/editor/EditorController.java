package dev.jiggety.desktop.view.editor;

import atlantafx.base.controls.ToggleSwitch;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.view.editor.QuickChange.Progress;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.RolloutProgress;
import dev.jiggety.desktop.widget.RolloutWords;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Ties the form for a test to its view model. */
public final class EditorController extends LiveActivity {
  /** Below this width the two columns of the form stand one under the other. */
  private static final double TWO_COLUMNS = 900;

  private static final double GAP = 20;

  /** The padding of the form on both sides, and a pixel for rounding. */
  private static final double EDGE = 6;

  private final EditorViewModel model;
  private final TestForm form;
  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final Parent view;
  private final List<Field> fields = new ArrayList<>();
  private final List<Label> comingRows = new ArrayList<>();
  private final RolloutProgress progress;

  @FXML private Label title;
  @FXML private Label unsaved;
  @FXML private Label attention;
  @FXML private Button save;
  @FXML private VBox conflict;
  @FXML private Label conflictText;
  @FXML private Button takeTheirs;
  @FXML private Button keepMine;
  @FXML private Button addToBasket;
  @FXML private HBox delivery;
  @FXML private VBox failure;
  @FXML private Label failureText;
  @FXML private FlowPane columns;
  @FXML private VBox leftColumn;
  @FXML private VBox rightColumn;
  @FXML private TextField name;
  @FXML private TextField id;
  @FXML private TextField tags;
  @FXML private ToggleSwitch active;
  @FXML private VBox request;
  @FXML private VBox otherKind;
  @FXML private ComboBox<String> method;
  @FXML private TextField url;
  @FXML private VBox headers;
  @FXML private TextArea body;
  @FXML private CheckBox followRedirects;
  @FXML private TextField maxRedirects;
  @FXML private VBox assertions;
  @FXML private RadioButton whenEvery;
  @FXML private RadioButton whenCron;
  @FXML private Field everyField;
  @FXML private TextField every;
  @FXML private HBox cronFields;
  @FXML private TextField cron;
  @FXML private ComboBox<String> zone;
  @FXML private Label comingWords;
  @FXML private VBox comingTimes;
  @FXML private TextField whereTags;
  @FXML private TextField whereNodes;
  @FXML private TextField timeout;
  @FXML private TextField samples;
  @FXML private TextField retries;
  @FXML private TextField retryDelay;
  @FXML private TextField quorum;
  @FXML private RadioButton agreePercent;
  @FXML private RadioButton agreeNodes;
  @FXML private FlowPane degraded;
  @FXML private TextField degradedTotal;

  public EditorController(EditorViewModel model, Desk desk) {
    this.model = model;
    this.form = model.form();
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.progress = new RolloutProgress(new RolloutWords(texts, ages));
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    model
        .creatingProperty()
        .subscribe(creating -> {
          title.setText(texts.get(creating ? "editor.title.new" : "editor.title.edit"));
          id.setDisable(!creating);
        });
    show(request, model.knowsKind());
    show(otherKind, !model.knowsKind());
    bindTexts();
    bindChoices();
    degradedPhases();
    new FormRows(form, texts).install(headers, assertions);
    collect(leftColumn);
    collect(rightColumn);
    if (!model.isCreating()) {
      fields.forEach(Field::visit);
    }
    headers.getChildren().subscribe(this::rowsChanged);
    assertions.getChildren().subscribe(this::rowsChanged);
    unsaved.visibleProperty().bind(model.changedProperty());
    save.disableProperty().bind(model.quickChange().busyProperty());
    addToBasket.disableProperty().bind(model.quickChange().busyProperty());
    HBox.setHgrow(progress, Priority.ALWAYS);
    delivery.getChildren().addFirst(progress);
    model.quickChange().progressProperty().subscribe(this::showProgress);
    model.problemsProperty().subscribe(this::showProblems);
    model.comingProperty().subscribe(this::showComing);
    model.conflictProperty().subscribe(this::showConflict);
    model
        .failureProperty()
        .subscribe(text -> {
          failureText.setText(text);
          show(failure, !text.isEmpty());
        });
    columns.setHgap(GAP);
    columns.widthProperty().subscribe(width -> arrange(width.doubleValue()));
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
    name.requestFocus();
  }

  @Override
  public boolean hasUnsaved() {
    return model.hasUnsaved();
  }

  @FXML
  @Override
  public void save() {
    look();
    model.save();
  }

  @FXML
  void addToBasket() {
    look();
    model.addToBasket();
  }

  @FXML
  void openRollout() {
    Progress shown = model.quickChange().progressProperty().get();
    if (shown != null) {
      desk.navigator().rollout(shown.patchId());
    }
  }

  /** Shows every problem, and leads to the first. */
  private void look() {
    fields.forEach(Field::visit);
    showProblems(model.problemsProperty().get());
    fields.stream()
        .filter(Field::isBad)
        .findFirst()
        .map(Field::getContent)
        .ifPresent(Node::requestFocus);
  }

  @FXML
  void cancel() {
    model.leave();
  }

  @FXML
  void takeTheirs() {
    model.takeTheirs();
  }

  @FXML
  void keepMine() {
    model.keepMine();
  }

  @FXML
  void addHeader() {
    model.addHeader();
  }

  @FXML
  void addAssertion() {
    model.addAssertion();
  }

  private void bindTexts() {
    Map.ofEntries(
            Map.entry(name, form.name),
            Map.entry(id, form.id),
            Map.entry(tags, form.tags),
            Map.entry(url, form.url),
            Map.entry(maxRedirects, form.maxRedirects),
            Map.entry(every, form.every),
            Map.entry(cron, form.cron),
            Map.entry(whereTags, form.whereTags),
            Map.entry(whereNodes, form.whereNodes),
            Map.entry(timeout, form.timeout),
            Map.entry(samples, form.samples),
            Map.entry(retries, form.retries),
            Map.entry(retryDelay, form.retryDelay),
            Map.entry(quorum, form.quorum),
            Map.entry(degradedTotal, form.degradedTotal))
        .forEach((field, text) -> field.textProperty().bindBidirectional(text));
    body.textProperty().bindBidirectional(form.body);
    method.getItems().setAll("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    combo(method, form.method);
    zone.getItems().setAll(ZoneId.getAvailableZoneIds().stream().sorted().toList());
    combo(zone, form.zone);
    active.selectedProperty().bindBidirectional(form.active);
    followRedirects.selectedProperty().bindBidirectional(form.followRedirects);
    maxRedirects.disableProperty().bind(form.followRedirects.not());
  }

  private static void combo(ComboBox<String> box, StringProperty text) {
    box.getEditor().textProperty().bindBidirectional(text);
    box.valueProperty()
        .addListener((property, before, now) -> {
          if (now != null) {
            text.set(now);
          }
        });
  }

  private void bindChoices() {
    choice(form.when, Map.of(TestForm.When.EVERY, whenEvery, TestForm.When.CRON, whenCron));
    choice(
        form.agree, Map.of(TestForm.Agree.PERCENT, agreePercent, TestForm.Agree.NODES, agreeNodes));
    form.when.subscribe(chosen -> {
      show(everyField, chosen == TestForm.When.EVERY);
      show(cronFields, chosen == TestForm.When.CRON);
    });
  }

  private static <E> void choice(ObjectProperty<E> property, Map<E, RadioButton> buttons) {
    buttons.forEach((value, button) ->
        button
            .selectedProperty()
            .subscribe(selected -> {
              if (selected) {
                property.set(value);
              }
            }));
    property.subscribe(value -> Objects.requireNonNull(buttons.get(value)).setSelected(true));
  }

  private void degradedPhases() {
    form.degradedPhases.forEach((phase, text) -> {
      TextField input = new TextField();
      input.setPrefColumnCount(6);
      input.textProperty().bindBidirectional(text);
      Field field = new Field();
      field.setLabel(texts.get("phase." + phase.name().toLowerCase(Locale.ROOT)));
      field.setPlace("degraded." + phase.label());
      field.setContent(input);
      degraded.getChildren().add(field);
    });
  }

  private void collect(Parent parent) {
    for (Node child : parent.getChildrenUnmodifiable()) {
      if (child instanceof Field field) {
        fields.add(field);
      }
      if (child instanceof Parent inner) {
        collect(inner);
      }
    }
  }

  private void rowsChanged() {
    fields.clear();
    collect(leftColumn);
    collect(rightColumn);
    showProblems(model.problemsProperty().get());
  }

  private void showProblems(Map<String, String> problems) {
    fields.forEach(field -> field.showProblem(problems));
    long bad = fields.stream().filter(Field::isBad).count();
    attention.setText(bad == 0 ? "" : texts.get("editor.attention", bad));
    attention.setVisible(bad > 0);
  }

  private void showComing(Coming coming) {
    Instant now = desk.now();
    comingWords.setText(
        coming.words().isEmpty()
            ? texts.get("editor.coming.unknown")
            : coming.node().isEmpty()
                ? texts.get("editor.coming.nowhere", coming.words())
                : texts.get("editor.coming", coming.words(), coming.node()));
    while (comingRows.size() < coming.times().size()) {
      Label row = new Label();
      row.getStyleClass().add("figure");
      comingRows.add(row);
    }
    for (int i = 0; i < coming.times().size(); i++) {
      Instant time = coming.times().get(i);
      comingRows
          .get(i)
          .setText(texts.get("editor.coming.row", ages.time(time, now), ages.ahead(time, now)));
    }
    comingTimes.getChildren().setAll(comingRows.subList(0, coming.times().size()));
  }

  private void showConflict(@Nullable Conflict between) {
    show(conflict, between != null);
    if (between == null) {
      return;
    }
    boolean gone = between.theirs() == null;
    String theirs = String.join(", ", between.fields());
    conflictText.setText(
        gone
            ? texts.get("editor.conflict.deleted")
            : between.both().isEmpty()
                ? texts.get("editor.conflict", theirs)
                : texts.get("editor.conflict.both", theirs, String.join(", ", between.both())));
    show(takeTheirs, !gone);
    keepMine.setText(texts.get(gone ? "editor.createAgain" : "editor.keepMine"));
  }

  private void showProgress(@Nullable Progress now) {
    show(delivery, now != null);
    if (now == null) {
      return;
    }
    if (now.rollout() == null) {
      progress.showWaiting(texts.get("rollout.handedIn"), texts.get("rollout.handedIn.text"));
    } else {
      progress.show(now.rollout());
    }
  }

  private void arrange(double width) {
    boolean two = width >= TWO_COLUMNS;
    double each = Math.min(two ? Math.floor((width - GAP - EDGE) / 2) : width - EDGE, 860);
    leftColumn.setPrefWidth(each);
    rightColumn.setPrefWidth(each);
  }

  private static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
