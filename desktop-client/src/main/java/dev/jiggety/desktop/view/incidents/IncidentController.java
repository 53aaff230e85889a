package dev.jiggety.desktop.view.incidents;

import dev.jiggety.base.Durations;
import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.run.RunPane;
import dev.jiggety.desktop.session.IncidentDesk.Waiting;
import dev.jiggety.desktop.view.incidents.IncidentViewModel.Story;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.IncidentLook;
import dev.jiggety.desktop.widget.VerdictLook;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Ties what is shown of one incident to its view model. */
public final class IncidentController {
  private static final PseudoClass BAD = PseudoClass.getPseudoClass("error");

  private final IncidentViewModel model;
  private final Texts texts;
  private final Ages ages;
  private final RunPane run;
  private final Parent view;
  private List<Moment> momentsShown = List.of();
  private List<String> whyShown = List.of();
  private @Nullable Incident shown;

  @FXML private Label title;
  @FXML private Label text;
  @FXML private Label facts;
  @FXML private Label attention;
  @FXML private Button test;
  @FXML private Button chart;
  @FXML private Button nodes;
  @FXML private TextField words;
  @FXML private Button acknowledge;
  @FXML private Button comment;
  @FXML private Button mute;
  @FXML private HBox maintenance;
  @FXML private ComboBox<String> length;
  @FXML private VBox why;
  @FXML private GridPane witnesses;
  @FXML private VBox evidence;
  @FXML private Label evidenceText;
  @FXML private ProgressIndicator progress;
  @FXML private VBox evidenceSection;
  @FXML private GridPane trail;

  IncidentController(IncidentViewModel model, Desk desk) {
    this.model = model;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.run = new RunPane(desk);
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    words.textProperty().bindBidirectional(model.wordsProperty());
    comment.disableProperty().bind(words.textProperty().map(String::isBlank));
    length.getItems().setAll("30m", "1h", "2h", "4h", "8h", "1d");
    length.setValue("1h");
    progress.visibleProperty().bind(model.busyProperty());
    progress.managedProperty().bind(progress.visibleProperty());
    evidenceText.textProperty().bind(model.evidenceTextProperty());
    evidenceText.visibleProperty().bind(evidenceText.textProperty().isNotEmpty());
    evidenceText.managedProperty().bind(evidenceText.visibleProperty());
    model.evidenceProperty().subscribe(this::showEvidence);
    model.storyProperty().subscribe(this::show);
  }

  Parent view() {
    return view;
  }

  @FXML
  void acknowledge() {
    model.acknowledge();
  }

  @FXML
  void comment() {
    model.comment();
  }

  @FXML
  void mute() {
    model.mute();
  }

  @FXML
  void maintain() {
    try {
      Duration wanted = Durations.parse(length.getEditor().getText().strip());
      length.pseudoClassStateChanged(BAD, false);
      model.maintain(wanted);
    } catch (IllegalArgumentException e) {
      length.pseudoClassStateChanged(BAD, true);
    }
  }

  @FXML
  void test() {
    model.test();
  }

  @FXML
  void chart() {
    model.results();
  }

  @FXML
  void nodes() {
    model.nodes();
  }

  @FXML
  void alerting() {
    model.alerting();
  }

  private void show(@Nullable Story story) {
    if (story == null) {
      shown = null;
      return;
    }
    Incident incident = story.incident();
    IncidentLook look = incident.isOpen() ? IncidentLook.of(incident.kind()) : IncidentLook.OVER;
    String heading =
        texts.get("incident.title", story.name(), IncidentLook.word(incident.kind(), texts));
    title.setText(heading);
    if (!incident.equals(shown)) {
      title.setGraphic(look.icon());
    }
    text.setText(incident.text());
    facts.setText(facts(incident, story.now()));
    attention.setText(attention(story));
    acknowledge.setText(
        texts.get(story.by() == null ? "incident.acknowledge" : "incident.unacknowledge"));
    visible(acknowledge, incident.isOpen());
    visible(mute, incident.isOpen() && !story.muted());
    boolean hasTest = story.test() != null;
    visible(test, hasTest);
    visible(chart, hasTest);
    visible(nodes, incident.kind() == Incident.Kind.NODE);
    visible(maintenance, hasTest);
    visible(evidenceSection, incident.kind() != Incident.Kind.NODE);
    showWitnesses(incident, story.now());
    if (!story.why().equals(whyShown)) {
      whyShown = story.why();
      why.getChildren().setAll(whyShown.stream().map(IncidentController::sentence).toList());
    }
    if (!story.moments().equals(momentsShown)) {
      momentsShown = story.moments();
      showTrail(story.now());
    }
    shown = incident;
  }

  private String facts(Incident incident, Instant now) {
    Instant ended = incident.ended();
    Instant until = ended == null ? now : ended;
    String lasted = ages.length(Math.max(0, Duration.between(incident.began(), until).toSeconds()));
    String known = ages.time(incident.detected(), now);
    return ended == null
        ? texts.get("incident.facts.open", ages.time(incident.began(), now), known, lasted)
        : ended.equals(incident.began())
            ? texts.get("incident.facts.never", ages.time(incident.began(), now), known)
            : texts.get(
                "incident.facts.over",
                ages.time(incident.began(), now),
                known,
                ages.time(ended, now),
                lasted);
  }

  private String attention(Story story) {
    Incident incident = story.incident();
    List<String> parts = new ArrayList<>();
    if (story.by() != null) {
      parts.add(texts.get("incident.by", story.by()));
    } else if (incident.isOpen()) {
      parts.add(texts.get("incident.byNobody"));
    }
    if (story.muted()) {
      parts.add(texts.get("incident.muted"));
    } else if (incident.suppressed() != null) {
      parts.add(texts.get("incident.suppressed", incident.suppressed().text()));
    }
    if (Why.isCorrected(incident)) {
      parts.add(texts.get("incident.corrected"));
    }
    return String.join(" · ", parts);
  }

  private void showWitnesses(Incident incident, Instant now) {
    if (incident.equals(shown)) {
      return;
    }
    witnesses.getChildren().clear();
    int row = 0;
    for (Witness witness : incident.witnesses()) {
      Label node = new Label(witness.node());
      node.setMinWidth(Region.USE_PREF_SIZE);
      Label verdict = new Label();
      VerdictLook.of(witness.verdict()).dress(verdict, texts);
      verdict.setMinWidth(Region.USE_PREF_SIZE);
      Label at = new Label(ages.time(witness.at(), now));
      at.getStyleClass().addAll("hint", "figure");
      at.setMinWidth(Region.USE_PREF_SIZE);
      Label failure =
          sentence(
              witness.failure() == null
                  ? texts.get("nothing")
                  : witness.failure().kind().label() + ": " + witness.failure().text());
      GridPane.setHgrow(failure, Priority.ALWAYS);
      witnesses.addRow(row++, node, verdict, at, failure);
    }
  }

  /** A button for each node that saw it, and the run of the one that is chosen. */
  private void showEvidence(List<Seen> seen) {
    evidence.getChildren().clear();
    if (seen.isEmpty()) {
      run.clear();
      return;
    }
    FlowPane nodesSeen = new FlowPane(8, 8);
    ToggleGroup group = new ToggleGroup();
    for (Seen one : seen) {
      ToggleButton button = new ToggleButton(one.node());
      button.setId("seen-" + one.node());
      button.setToggleGroup(group);
      button.setOnAction(event -> {
        button.setSelected(true); // one of them always is
        run.show(model.name(), one.run(), picture -> model.picture(one, picture));
      });
      nodesSeen.getChildren().add(button);
    }
    evidence.getChildren().setAll(nodesSeen, run);
    ((ToggleButton) nodesSeen.getChildren().getFirst()).fire();
  }

  private void showTrail(Instant now) {
    trail.getChildren().clear();
    int row = 0;
    for (Moment moment : momentsShown.reversed()) {
      Label at = new Label(ages.time(moment.at(), now));
      at.getStyleClass().addAll("hint", "figure");
      at.setMinWidth(Region.USE_PREF_SIZE);
      Label event = new Label(word(moment.event()));
      event.setMinWidth(Region.USE_PREF_SIZE);
      event.getStyleClass().add("moment-" + moment.event());
      Label by = new Label(moment.by());
      by.setMinWidth(Region.USE_PREF_SIZE);
      by.getStyleClass().add("hint");
      VBox what = new VBox(4, sentence(moment.text()));
      mark(moment, what);
      GridPane.setHgrow(what, Priority.ALWAYS);
      trail.addRow(row++, at, event, by, what);
    }
  }

  /** A manager of a newer version may have events of which this one has no word. */
  private String word(String event) {
    String key = "moment." + event;
    return texts.bundle().containsKey(key) ? texts.get(key) : event;
  }

  /** What waits for the hub, or was refused by it, says so. */
  private void mark(Moment moment, VBox what) {
    Waiting waiting = moment.waiting();
    if (waiting == null) {
      if (!moment.taken()) {
        what.getChildren().add(chip(texts.get("moment.notTaken"), "chip-plain"));
      }
      return;
    }
    if (!waiting.isRefused()) {
      what.getChildren().add(chip(texts.get("moment.waiting"), "chip-warning"));
      return;
    }
    Label problem = sentence(texts.get("moment.refused", waiting.problem()));
    problem.getStyleClass().add("problem");
    Button again = new Button(texts.get("moment.again"));
    again.setOnAction(event -> model.again(waiting));
    Button forget = new Button(texts.get("moment.forget"));
    forget.getStyleClass().add("flat");
    forget.setOnAction(event -> model.forget(waiting));
    what.getChildren().addAll(problem, new HBox(8, again, forget));
  }

  private static Node chip(String text, String style) {
    Label chip = new Label(text);
    chip.getStyleClass().addAll("chip", style);
    chip.setMinWidth(Region.USE_PREF_SIZE);
    return chip;
  }

  static Label sentence(String text) {
    Label label = new Label(text);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  static void visible(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
