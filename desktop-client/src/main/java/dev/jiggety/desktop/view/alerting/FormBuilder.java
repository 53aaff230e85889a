package dev.jiggety.desktop.view.alerting;

import dev.jiggety.base.Problem;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.alerting.AlertingViewModel.Form;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Makes the controls of a form from its fields; each writes its own member and nothing else. */
final class FormBuilder {
  private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");
  private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

  private final AlertingViewModel model;
  private final Texts texts;
  private final ZoneId zone;
  private final List<Shown> shown = new ArrayList<>();
  private String kind = "";

  /** A control and the place whose problems are shown below it. */
  private record Shown(String place, Node control, Label below, String hint) {}

  FormBuilder(AlertingViewModel model, Texts texts, ZoneId zone) {
    this.model = model;
    this.texts = texts;
    this.zone = zone;
  }

  /** The controls, anew. */
  List<Node> build(Form form) {
    shown.clear();
    kind = form.kind().type();
    List<Node> nodes = new ArrayList<>();
    if (form.base() == null && form.kind() != Kind.SETTINGS) {
      TextField id = line(model.id(), model::name);
      nodes.add(field("id", "_id", id));
    }
    for (Field field : Field.of(form.kind(), form.draft())) {
      nodes.add(node(field, form.draft(), "", ""));
    }
    return nodes;
  }

  /** Shows what is wrong beside where it is. Gives what stands beside no field. */
  List<Problem> judge(List<Problem> problems) {
    List<Problem> left = new ArrayList<>(problems);
    for (Shown one : shown) {
      String problem = Judgement.at(problems, one.place());
      boolean bad = !problem.isEmpty();
      one.below().setText(bad ? problem : one.hint());
      one.below().pseudoClassStateChanged(BAD, bad);
      one.control().pseudoClassStateChanged(ERROR, bad);
      one.control().setAccessibleHelp(one.below().getText());
      boolean says = !one.below().getText().isEmpty();
      one.below().setVisible(says);
      one.below().setManaged(says);
      left.removeIf(it ->
          it.place().equals(one.place())
              || it.place().startsWith(one.place() + ".")
              || it.place().startsWith(one.place() + "["));
    }
    return left;
  }

  private Node node(Field field, Draft draft, String absolute, String parent) {
    String place = absolute + field.place();
    String key = parent + field.place();
    return switch (field) {
      case Field.Line(String at) ->
          field(place, key, secret(at, line(draft.text(at), value -> draft.text(at, value))));
      case Field.Whole(String at) ->
          field(place, key, line(draft.text(at), value -> draft.whole(at, value)));
      case Field.Names(String at) ->
          field(place, key, line(draft.names(at), value -> draft.names(at, value)));
      case Field.Wholes(String at) ->
          field(place, key, line(draft.names(at), value -> draft.wholes(at, value)));
      case Field.Time(String at) ->
          field(place, key, line(draft.time(at, zone), value -> draft.time(at, value, zone)));
      case Field.Block(String at) -> {
        TextArea area = new TextArea(draft.text(at));
        area.setPrefRowCount(4);
        area.getStyleClass().add("code");
        write(area, value -> draft.text(at, value));
        yield field(place, key, area);
      }
      case Field.Flag(String at, boolean usual) -> flag(place, key, draft, at, usual);
      case Field.Choice(String at, List<String> values) -> {
        String now = draft.text(at);
        yield choice(
            place,
            key,
            values,
            now.isEmpty() ? values.getFirst() : now,
            value -> {
              draft.text(at, value.equals(values.getFirst()) ? "" : value);
              model.changed();
            });
      }
      case Field.Shape shape ->
          choice(
              place,
              key,
              shape.values(),
              AlertingViewModel.shape(shape, draft),
              value -> model.reshape(shape, value));
      case Field.Rows rows -> rows(rows, draft, place, key);
    };
  }

  private Node flag(String place, String key, Draft draft, String at, boolean usual) {
    CheckBox box = new CheckBox(text(key));
    box.setId(id(place));
    box.setSelected(draft.flag(at, usual));
    box.selectedProperty()
        .addListener((property, before, is) -> {
          draft.flag(at, is, usual);
          model.changed();
        });
    return below(place, key, box, box);
  }

  private Node choice(
      String place, String key, List<String> values, String now, Consumer<String> chosen) {
    ComboBox<String> box = new ComboBox<>();
    box.getItems().setAll(values);
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable String value) {
            String word = "alerting.value." + value;
            return value == null ? "" : texts.bundle().containsKey(word) ? texts.get(word) : value;
          }

          @Override
          public String fromString(String text) {
            return text;
          }
        });
    box.setValue(now);
    box.setMaxWidth(Double.MAX_VALUE);
    box.valueProperty().addListener((property, before, is) -> chosen.accept(is));
    return field(place, key, box);
  }

  private Node rows(Field.Rows rows, Draft draft, String place, String key) {
    VBox box = new VBox(8);
    box.getStyleClass().add("rows");
    List<Draft> there = draft.rows(rows.place());
    for (int i = 0; i < there.size(); i++) {
      int index = i;
      HBox line = new HBox(10);
      line.getStyleClass().add("alerting-row");
      for (Field field : rows.fields()) {
        Node node = node(field, there.get(i), place + "[" + i + "].", key + ".");
        HBox.setHgrow(node, Priority.ALWAYS);
        line.getChildren().add(node);
      }
      Button remove = new Button(texts.get("alerting.removeRow"));
      remove.getStyleClass().addAll("flat", "small");
      remove.setMinWidth(Region.USE_PREF_SIZE);
      remove.setId(id(place) + "-remove-" + i);
      remove.setOnAction(event -> {
        draft.removeRow(rows.place(), index);
        model.reshaped();
      });
      line.getChildren().add(remove);
      box.getChildren().add(line);
    }
    Button add = new Button(texts.get("alerting.addRow"));
    add.getStyleClass().add("small");
    add.setId(id(place) + "-add");
    add.setAccessibleText(texts.get("alerting.addRowOf", text(key)));
    add.setOnAction(event -> {
      draft.addRow(rows.place());
      model.reshaped();
    });
    box.getChildren().add(add);
    return field(place, key, box);
  }

  /** How a secret is referred to; what is secret itself is never typed here. */
  private static TextField secret(String place, TextField field) {
    if (place.endsWith("password") || place.endsWith(".key") || place.equals("value")) {
      field.setPromptText("${secret.NAME}");
    }
    return field;
  }

  private TextField line(String value, Consumer<String> set) {
    TextField field = new TextField(value);
    write(field, set);
    return field;
  }

  private void write(TextInputControl control, Consumer<String> set) {
    control
        .textProperty()
        .addListener((property, before, now) -> {
          set.accept(now);
          model.changed();
        });
  }

  private Node field(String place, String key, Node control) {
    control.setId(id(place));
    control.setAccessibleText(text(key));
    Label label = new Label(text(key));
    label.setLabelFor(control);
    label.setMinWidth(0);
    return below(place, key, control, label, control);
  }

  private Node below(String place, String key, Node control, Node... parts) {
    String hintKey = "alerting.hint." + kind + "." + key;
    String hint = texts.bundle().containsKey(hintKey) ? texts.get(hintKey) : "";
    Label below = new Label(hint);
    below.getStyleClass().add("field-below");
    below.setWrapText(true);
    below.setMinHeight(Region.USE_PREF_SIZE);
    VBox box = new VBox(parts);
    box.getChildren().add(below);
    box.getStyleClass().add("field");
    box.setMinWidth(0);
    shown.add(new Shown(place, control, below, hint));
    return box;
  }

  private String text(String key) {
    return texts.get("alerting.field." + kind + "." + key);
  }

  private static String id(String place) {
    return place.replace('.', '-').replace("[", "-").replace("]", "");
  }
}
