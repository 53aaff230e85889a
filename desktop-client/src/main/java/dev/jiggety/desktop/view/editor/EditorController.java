package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.trial.TrialPane;
import dev.jiggety.desktop.view.editor.QuickChange.Progress;
import dev.jiggety.desktop.view.editor.script.CodeEditor;
import dev.jiggety.desktop.view.editor.script.Language.Flaw;
import dev.jiggety.desktop.view.editor.script.Yaml;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.RolloutProgress;
import dev.jiggety.desktop.widget.RolloutWords;
import dev.jiggety.document.yaml.TestText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The editor of a test: its sections as a form, the same as YAML, and a trial of it. */
public final class EditorController extends LiveActivity {
  /** Below this width the two columns of the form stand one under the other. */
  private static final double TWO_COLUMNS = 900;

  private static final double GAP = 20;

  /** The padding of the form on both sides, and a pixel for rounding. */
  private static final double EDGE = 6;

  private final EditorViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final Parent view;
  private final FormSections sections;
  private final CodeEditor sourceEditor;
  private final TrialPane trialPane;
  private final RolloutProgress progress;
  private final List<Field> fields = new ArrayList<>();

  @FXML private Label title;
  @FXML private Label unsaved;
  @FXML private Label attention;
  @FXML private Button save;
  @FXML private VBox conflict;
  @FXML private Button addToBasket;
  @FXML private HBox delivery;
  @FXML private VBox failure;
  @FXML private Label failureText;
  @FXML private VBox unplaced;
  @FXML private Label unplacedText;
  @FXML private TabPane tabs;
  @FXML private Tab formTab;
  @FXML private Tab sourceTab;
  @FXML private ScrollPane scroll;
  @FXML private FlowPane columns;
  @FXML private VBox leftColumn;
  @FXML private VBox rightColumn;
  @FXML private VBox source;
  @FXML private StackPane trial;
  @FXML private HBox helpBar;
  @FXML private Label help;

  public EditorController(EditorViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    Parts parts = new Parts(texts, model.form(), model.secrets());
    this.sections = new FormSections(parts, model, desk);
    this.sourceEditor =
        new CodeEditor(
            new Yaml(before -> ScriptController.secrets(parts, before)),
            texts,
            model.source().textProperty(),
            texts.get("editor.tab.source"),
            "sourceText");
    this.trialPane = new TrialPane(desk, model.session(), model::subject);
    this.progress = new RolloutProgress(new RolloutWords(texts, new Ages(texts, desk.zone())));
    this.view = new Fxml(texts).load(this);
    dress();
  }

  private void dress() {
    model
        .creatingProperty()
        .subscribe(now -> title.setText(texts.get(now ? "editor.title.new" : "editor.title.edit")));
    leftColumn.getChildren().setAll(sections.left());
    rightColumn.getChildren().setAll(sections.right());
    sections.onChange(this::rowsChanged);
    rowsChanged();
    if (!model.isCreating()) {
      fields.forEach(Field::visit);
    }
    unsaved.visibleProperty().bind(model.changedProperty());
    save.disableProperty().bind(model.quickChange().busyProperty());
    addToBasket.disableProperty().bind(model.quickChange().busyProperty());
    HBox.setHgrow(progress, Priority.ALWAYS);
    delivery.getChildren().addFirst(progress);
    conflict.getChildren().add(new MergeController(model, texts).view());
    conflict.managedProperty().bind(model.conflictProperty().isNotNull());
    VBox.setVgrow(sourceEditor, Priority.ALWAYS);
    source.getChildren().add(sourceEditor);
    model.source().flawsProperty().subscribe(this::showFlaws);
    tabs.getSelectionModel()
        .selectedItemProperty()
        .subscribe(tab -> model.source().show(sourceTab.equals(tab)));
    trial.getChildren().add(trialPane);
    model.quickChange().progressProperty().subscribe(this::showProgress);
    model.problemsProperty().subscribe(this::showProblems);
    model
        .failureProperty()
        .subscribe(text -> {
          failureText.setText(text);
          Parts.show(failure, !text.isEmpty());
        });
    columns.setHgap(GAP);
    columns.widthProperty().subscribe(width -> arrange(width.doubleValue()));
    view.sceneProperty().flatMap(scene -> scene.focusOwnerProperty()).subscribe(this::showHelp);
  }

  @Override
  public Parent view() {
    return view;
  }

  @Override
  protected Pin follow() {
    trialPane.activate();
    return Pin.all(model.activate(), trialPane::deactivate);
  }

  @Override
  public void activate() {
    super.activate();
    view.applyCss();
    view.layout(); // only then a tab has its content in the scene
    sections.focusName();
  }

  @Override
  public boolean hasUnsaved() {
    return model.hasUnsaved();
  }

  @Override
  public void find() {
    if (sourceTab.equals(tabs.getSelectionModel().getSelectedItem())) {
      sourceEditor.find();
    }
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

  @FXML
  void cancel() {
    model.leave();
  }

  /** Shows every problem, and leads to the first. */
  private void look() {
    fields.forEach(Field::visit);
    showProblems(model.problemsProperty().get());
    if (sourceTab.equals(tabs.getSelectionModel().getSelectedItem())) {
      return;
    }
    fields.stream()
        .filter(field -> field.isBad() && isSeen(field))
        .findFirst()
        .ifPresent(field -> {
          tabs.getSelectionModel().select(formTab);
          reveal(field);
          focusIn(field.getContent());
        });
  }

  private void rowsChanged() {
    fields.clear();
    collect(leftColumn);
    collect(rightColumn);
    showProblems(model.problemsProperty().get());
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

  private void showProblems(Map<String, String> problems) {
    Set<String> placed = new HashSet<>();
    for (Field field : fields) {
      field.showProblem(problems);
      if (isSeen(field)) {
        placed.addAll(field.places());
      }
    }
    sections.showProblems(problems);
    List<String> elsewhere =
        problems.keySet().stream()
            .filter(place -> !placed.contains(place) && !ScriptController.shows(place))
            .map(place ->
                place.isEmpty()
                    ? String.valueOf(problems.get(place))
                    : texts.get("editor.unplaced", place, problems.get(place)))
            .toList();
    unplacedText.setText(elsewhere.stream().collect(Collectors.joining("\n")));
    Parts.show(unplaced, !elsewhere.isEmpty());
    long bad =
        fields.stream().filter(field -> field.isBad() && isSeen(field)).count()
            + elsewhere.size()
            + problems.keySet().stream().filter(ScriptController::shows).limit(1).count();
    attention.setText(bad == 0 ? "" : texts.get("editor.attention", bad));
    attention.setVisible(bad > 0);
  }

  private void showFlaws(List<TestText.Flaw> flaws) {
    sourceEditor.showFlaws(
        flaws.stream().map(it -> new Flaw(it.line(), it.column(), it.message())).toList());
  }

  private void showHelp(@Nullable Node focused) {
    help.setText("");
    for (Node at = focused; at != null; at = at.getParent()) {
      if (at instanceof Field field) {
        help.setText(field.help());
        desk.tasks().post(() -> reveal(field)); // when everything has its place
        break;
      }
    }
    Parts.show(helpBar, !help.getText().isEmpty());
  }

  private void showProgress(@Nullable Progress now) {
    Parts.show(delivery, now != null);
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

  /** Scrolls so far that a field is seen: somebody who goes by keyboard does not scroll. */
  private void reveal(Node node) {
    double whole = columns.getHeight() - scroll.getViewportBounds().getHeight();
    if (whole <= 0) {
      return;
    }
    double top = columns.sceneToLocal(node.localToScene(0, 0)).getY();
    double bottom = top + node.getLayoutBounds().getHeight();
    double seen = scroll.getVvalue() * whole;
    if (top < seen) {
      scroll.setVvalue(Math.max(0, (top - GAP) / whole));
    } else if (bottom > seen + scroll.getViewportBounds().getHeight()) {
      scroll.setVvalue(
          Math.min(1, (bottom + GAP - scroll.getViewportBounds().getHeight()) / whole));
    }
  }

  private static boolean focusIn(@Nullable Node node) {
    if (node == null || !node.isVisible()) {
      return false;
    }
    if (node.isFocusTraversable()) {
      node.requestFocus();
      return true;
    }
    return node instanceof Parent parent
        && parent.getChildrenUnmodifiable().stream().anyMatch(EditorController::focusIn);
  }

  private boolean isSeen(Node node) {
    for (Node at = node; at != null && !at.equals(columns); at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }
}
