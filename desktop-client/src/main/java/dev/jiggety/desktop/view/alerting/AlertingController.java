package dev.jiggety.desktop.view.alerting;

import dev.jiggety.base.Problem;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.LiveActivity;
import dev.jiggety.desktop.view.alerting.AlertingViewModel.Form;
import dev.jiggety.desktop.view.alerting.AlertingViewModel.Item;
import dev.jiggety.desktop.view.alerting.AlertingViewModel.Standing;
import java.util.List;
import java.util.Objects;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Ties the list of windows, policies, channels and settings, and their form, to the view model. */
public final class AlertingController extends LiveActivity {
  private final AlertingViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final FormBuilder builder;
  private final Parent view;
  private boolean choosing;

  @FXML private ListView<Item> documents;
  @FXML private VBox empty;
  @FXML private VBox formPane;
  @FXML private Label formTitle;
  @FXML private Label formText;
  @FXML private VBox fields;
  @FXML private VBox ahead;
  @FXML private Label problem;
  @FXML private Button add;
  @FXML private Button revert;
  @FXML private Button remove;
  @FXML private HBox channelTest;
  @FXML private Button test;
  @FXML private Label testText;

  public AlertingController(AlertingViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.builder = new FormBuilder(model, texts, desk.zone());
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    documents.setItems(model.items());
    documents.setCellFactory(list -> new Cell());
    documents
        .getSelectionModel()
        .selectedItemProperty()
        .addListener((property, before, now) -> choose(now));
    model.items().subscribe(this::select);
    testText.textProperty().bind(model.channelTest().textProperty());
    model.channelTest().busyProperty().subscribe(busy -> showTest());
    model.formProperty().subscribe(form -> showForm(form));
    model.shapeProperty().subscribe(shape -> showFields());
    model.problemsProperty().subscribe(now -> judge(now));
    model
        .aheadProperty()
        .subscribe(
            lines -> ahead.getChildren().setAll(lines.stream().<Node>map(this::sentence).toList()));
    model.dirtyProperty().subscribe(dirty -> judge(model.problemsProperty().get()));
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
    documents.requestFocus();
  }

  @Override
  public void save() {
    model.addToBasket();
  }

  @Override
  public boolean hasUnsaved() {
    return model.dirtyProperty().get();
  }

  @FXML
  void back() {
    desk.navigator().back();
  }

  @FXML
  void add() {
    model.addToBasket();
  }

  @FXML
  void revert() {
    model.revert();
  }

  @FXML
  void remove() {
    model.remove();
  }

  @FXML
  void test() {
    model.channelTest().test(model.id());
  }

  private void choose(@Nullable Item item) {
    Form shown = model.formProperty().get();
    if (choosing
        || item == null
        || item.standing() == Standing.HEAD
        || (shown != null && shown.target().equals(item.target()))) {
      return;
    }
    leave(() -> model.choose(item.target()));
  }

  private void create(Kind kind) {
    leave(() -> model.create(kind));
  }

  /** Goes on at once, or asks first when something typed would be lost. */
  private void leave(Runnable onward) {
    if (!model.dirtyProperty().get()) {
      onward.run();
      return;
    }
    select();
    desk.dialogs()
        .confirm(
            texts.get("leave.question"),
            texts.get("leave.consequence"),
            texts.get("leave.yes"),
            onward);
  }

  private void select() {
    Form shown = model.formProperty().get();
    choosing = true;
    model.items().stream()
        .filter(item -> shown != null && item.target().equals(shown.target()))
        .findFirst()
        .ifPresentOrElse(
            documents.getSelectionModel()::select, documents.getSelectionModel()::clearSelection);
    choosing = false;
  }

  private void showForm(@Nullable Form form) {
    visible(empty, form == null);
    visible(formPane, form != null);
    if (form != null) {
      String kind = form.kind().name();
      formTitle.setText(
          form.isNew() ? texts.get("alerting.new." + kind) : texts.get("alerting.edit." + kind));
      formText.setText(texts.get("alerting.about." + kind));
      visible(channelTest, form.kind() == Kind.CHANNEL);
    }
    select();
  }

  private void showFields() {
    Form form = model.formProperty().get();
    fields.getChildren().setAll(form == null ? List.of() : builder.build(form));
    judge(model.problemsProperty().get());
  }

  private void judge(List<Problem> problems) {
    List<Problem> left = builder.judge(problems);
    problem.setText(left.isEmpty() ? "" : left.getFirst().toString());
    visible(problem, !left.isEmpty());
    boolean dirty = model.dirtyProperty().get();
    add.setDisable(!problems.isEmpty() || !dirty);
    revert.setDisable(!dirty);
    Form form = model.formProperty().get();
    remove.setDisable(form == null || form.isNew() || form.kind() == Kind.SETTINGS);
    showTest();
  }

  private void showTest() {
    test.setDisable(!model.canTest() || model.channelTest().busyProperty().get());
  }

  private Label sentence(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  private static void visible(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  /** The head of a kind with a button for a new one, or a document. */
  private final class Cell extends ListCell<Item> {
    private final Label name = new Label();
    private final Label chip = new Label();
    private final Button create = new Button("", new FontIcon(Feather.PLUS));
    private final HBox box = new HBox(8);

    Cell() {
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      create.getStyleClass().addAll("flat", "small", "button-icon");
      create.setOnAction(event -> create(Objects.requireNonNull(getItem()).kind()));
      chip.setMinWidth(Region.USE_PREF_SIZE);
      name.setMinWidth(0);
      box.getChildren().addAll(name, gap, chip, create);
      box.getStyleClass().add("patch-row");
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable Item item, boolean nothing) {
      super.updateItem(item, nothing);
      if (nothing || item == null) {
        setGraphic(null);
        return;
      }
      boolean head = item.standing() == Standing.HEAD;
      name.setText(item.name());
      name.getStyleClass().setAll("label", head ? "section-title" : "alerting-name");
      String mark =
          switch (item.standing()) {
            case HEAD, IN_FORCE -> "";
            case CHANGED -> texts.get("alerting.standing.CHANGED");
            case NEW -> texts.get("alerting.standing.NEW");
            case REMOVED -> texts.get("alerting.standing.REMOVED");
          };
      chip.setText(mark);
      chip.getStyleClass().setAll("label", "chip", "chip-warning");
      visible(chip, !mark.isEmpty());
      visible(create, head && item.kind() != Kind.SETTINGS);
      String words = texts.get("alerting.new." + item.kind().name());
      create.setAccessibleText(words);
      create.setTooltip(new Tooltip(words));
      create.setId("create-" + item.kind().type());
      setGraphic(box);
    }
  }
}
