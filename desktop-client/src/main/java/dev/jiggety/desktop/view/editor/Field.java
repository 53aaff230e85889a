package dev.jiggety.desktop.view.editor;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javafx.beans.DefaultProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A field of a form: what it is called, what is typed, and below it what is wrong, or a hint. A
 * problem is kept back until somebody was in the field, so that an empty form does not shout.
 */
@DefaultProperty("content")
public final class Field extends VBox {
  private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

  private final StringProperty label = new SimpleStringProperty("");
  private final StringProperty place = new SimpleStringProperty("");
  private final StringProperty hint = new SimpleStringProperty("");
  private final ObjectProperty<@Nullable Node> content = new SimpleObjectProperty<>();
  private final Label title = new Label();
  private final Label below = new Label();
  private boolean visited;
  private String problem = "";
  private String help = "";

  public Field() {
    super(4);
    getStyleClass().add("field");
    title.textProperty().bind(label);
    title.setMinHeight(USE_PREF_SIZE);
    title.managedProperty().bind(label.isNotEmpty());
    below.getStyleClass().add("field-below");
    below.setWrapText(true);
    below.setMinHeight(USE_PREF_SIZE);
    content.subscribe(this::fill);
    hint.subscribe(text -> show());
    addEventFilter(KeyEvent.KEY_TYPED, event -> visit());
    focusWithinProperty()
        .subscribe((before, now) -> {
          if (before && !now) {
            visit();
          }
        });
  }

  public StringProperty labelProperty() {
    return label;
  }

  public String getLabel() {
    return label.get();
  }

  public void setLabel(String text) {
    label.set(text);
  }

  /** Which places of the document the field stands for, separated by commas. */
  public StringProperty placeProperty() {
    return place;
  }

  public String getPlace() {
    return place.get();
  }

  public void setPlace(String text) {
    place.set(text);
  }

  public StringProperty hintProperty() {
    return hint;
  }

  public String getHint() {
    return hint.get();
  }

  public void setHint(String text) {
    hint.set(text);
  }

  public ObjectProperty<@Nullable Node> contentProperty() {
    return content;
  }

  public @Nullable Node getContent() {
    return content.get();
  }

  public void setContent(@Nullable Node node) {
    content.set(node);
  }

  /** What it is for, in a sentence or two; empty for nothing. */
  public String help() {
    return help;
  }

  void setHelp(String text) {
    help = text;
    show();
  }

  /** Shows the first problem of its places, or none. */
  void showProblem(Map<String, String> problems) {
    problem = "";
    for (String mine : places()) {
      problem = problem.isEmpty() ? problems.getOrDefault(mine, "") : problem;
    }
    show();
  }

  /** The places of the document that it stands for. */
  List<String> places() {
    return Arrays.stream(place.get().split(",", -1)).map(String::strip).toList();
  }

  /** From now on problems are shown at once. */
  void visit() {
    if (!visited) {
      visited = true;
      show();
    }
  }

  /** Whether it has a problem that is shown. */
  boolean isBad() {
    return visited && !problem.isEmpty();
  }

  private void fill(@Nullable Node node) {
    getChildren().clear();
    getChildren().add(title);
    if (node != null) {
      node.setAccessibleText(
          node.getAccessibleText() == null ? label.get() : node.getAccessibleText());
      getChildren().add(node);
    }
    getChildren().add(below);
    show();
  }

  private void show() {
    boolean bad = isBad();
    below.setText(bad ? problem : hint.get());
    below.setGraphic(bad ? new FontIcon(Feather.ALERT_CIRCLE) : null);
    below.pseudoClassStateChanged(BAD, bad);
    boolean something = !below.getText().isEmpty();
    below.setManaged(something);
    below.setVisible(something);
    Node node = content.get();
    if (node != null) {
      node.pseudoClassStateChanged(PseudoClass.getPseudoClass("danger"), bad);
      node.setAccessibleHelp(bad ? problem : help.isEmpty() ? hint.get() : help);
    }
  }
}
