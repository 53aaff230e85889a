package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The rows of a form that come and go: headers and assertions, each with its own problem line. */
final class FormRows {
  private final TestForm form;
  private final Texts texts;

  FormRows(TestForm form, Texts texts) {
    this.form = form;
    this.texts = texts;
  }

  /** Keeps two boxes in step with the lists of the form. */
  void install(VBox headers, VBox assertions) {
    keep(form.headers, headers, "http.headers", this::header);
    keep(form.assertions, assertions, "assert", this::assertion);
  }

  private <R> void keep(ObservableList<R> rows, VBox box, String list, Function<R, Field> make) {
    Runnable update =
        () -> {
          if (!rows.equals(box.getChildren().stream().map(Node::getUserData).toList())) {
            box.getChildren().setAll(rows.stream().map(row -> fieldOf(row, box, make)).toList());
            number(box, list);
          }
        };
    rows.subscribe(update);
    update.run();
  }

  /** The field that a row already has, or a new one: what has the focus must not be made anew. */
  private static <R> Node fieldOf(R row, VBox box, Function<R, Field> make) {
    for (Node child : box.getChildren()) {
      if (row.equals(child.getUserData())) {
        return child;
      }
    }
    Field field = make.apply(row);
    field.setUserData(row);
    return field;
  }

  private static void number(VBox box, String list) {
    for (int i = 0; i < box.getChildren().size(); i++) {
      String at = list + "[" + i + "]";
      ((Field) box.getChildren().get(i))
          .setPlace(String.join(",", at, at + ".name", at + ".value", at + ".op", at + ".not"));
    }
  }

  private Field header(HeaderRow row) {
    TextField name = text("editor.header.name");
    name.setPrefColumnCount(14);
    name.textProperty().bindBidirectional(row.nameProperty());
    TextField value = text("editor.header.value");
    value.textProperty().bindBidirectional(row.valueProperty());
    HBox.setHgrow(value, Priority.ALWAYS);
    return row(name, value, remove(() -> form.headers.remove(row)));
  }

  private Field assertion(AssertionRow row) {
    ComboBox<Target> target = new ComboBox<>();
    target.getItems().setAll(Target.values());
    target.setConverter(words(it -> texts.get("assert.target." + it.name())));
    target.valueProperty().bindBidirectional(row.targetProperty());
    target.setPrefWidth(150);
    target.setAccessibleText(texts.get("editor.assert.target"));
    ComboBox<String> name = new ComboBox<>();
    name.setEditable(true);
    name.setPrefWidth(130);
    name.setAccessibleText(texts.get("editor.assert.name"));
    name.getEditor().textProperty().bindBidirectional(row.nameProperty());
    CheckBox negated = new CheckBox(texts.get("editor.assert.not"));
    negated.selectedProperty().bindBidirectional(row.negatedProperty());
    negated.setMinWidth(CheckBox.USE_PREF_SIZE);
    ComboBox<Operator> operator = new ComboBox<>();
    operator.setConverter(words(it -> texts.get("assert.operator." + it.name())));
    operator.setPrefWidth(140);
    operator.setAccessibleText(texts.get("editor.assert.operator"));
    TextField expected = text("editor.assert.value");
    expected.textProperty().bindBidirectional(row.expectedProperty());
    HBox.setHgrow(expected, Priority.ALWAYS);
    expected.setMinWidth(70);
    row.targetProperty()
        .subscribe(chosen -> {
          operator.getItems().setAll(AssertionRow.operators(chosen));
          operator.setValue(row.operatorProperty().get());
          show(name, AssertionRow.needsName(chosen));
          name.getItems().setAll(suggestions(chosen));
          show(negated, AssertionRow.canBeNegated(chosen));
        });
    operator
        .valueProperty()
        .addListener((property, before, now) -> {
          if (now != null) { // the box forgets its value for a moment while its items change
            row.operatorProperty().set(now);
          }
        });
    row.operatorProperty()
        .subscribe(chosen -> {
          operator.setValue(chosen);
          show(expected, chosen != Operator.EXISTS);
        });
    return row(
        target, name, negated, operator, expected, remove(() -> form.assertions.remove(row)));
  }

  private static List<String> suggestions(Target target) {
    return target == Target.PHASE
        ? Arrays.stream(Phase.values()).map(Phase::label).toList()
        : List.of("content-type", "cache-control", "location", "server");
  }

  private static Field row(Node... parts) {
    HBox box = new HBox(8, parts);
    box.setAlignment(Pos.CENTER_LEFT);
    Field field = new Field();
    field.setContent(box);
    return field;
  }

  private TextField text(String key) {
    TextField field = new TextField();
    field.setPromptText(texts.get(key));
    field.setAccessibleText(texts.get(key));
    return field;
  }

  private Button remove(Runnable action) {
    Button button = new Button(null, new FontIcon(Feather.X));
    button.getStyleClass().addAll("flat", "button-icon", "small");
    button.setAccessibleText(texts.get("editor.removeRow"));
    button.setOnAction(event -> action.run());
    return button;
  }

  private static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }

  private static <T> StringConverter<@Nullable T> words(Function<T, String> word) {
    return new StringConverter<>() {
      @Override
      public String toString(@Nullable T value) {
        return value == null ? "" : word.apply(value);
      }

      @Override
      public @Nullable T fromString(String text) {
        throw new UnsupportedOperationException("only chosen, never typed");
      }
    };
  }
}
