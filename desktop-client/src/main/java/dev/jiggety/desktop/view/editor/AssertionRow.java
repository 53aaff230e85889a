package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.editor.RowsBox.Row;
import dev.jiggety.desktop.view.editor.form.Group;
import dev.jiggety.desktop.view.editor.form.NewTests;
import dev.jiggety.desktop.view.editor.form.Subject;
import dev.jiggety.desktop.view.editor.form.TestForm;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What is looked at in an answer, and how it is compared: only what goes together is offered. */
final class AssertionRow implements Row {
  private final Texts texts;
  private final TestForm form;
  private final Group group;
  private final Field field = new Field();
  private final ComboBox<String> on = new ComboBox<>();
  private final ComboBox<String> name = new ComboBox<>();
  private final CheckBox negated;
  private final ComboBox<String> op = new ComboBox<>();
  private final TextField value;
  private final TextArea schema = new TextArea();

  AssertionRow(Texts texts, TestForm form, Group group, Button remove) {
    this.texts = texts;
    this.form = form;
    this.group = group;
    if (group.text("on").get().isEmpty()) {
      begin();
    }
    Options options = new Options(texts);
    options.dress(on, "on");
    options.dress(op, "op");
    on.setPrefWidth(150);
    on.setMinWidth(90);
    on.setAccessibleText(texts.get("editor.assert.target"));
    on.setOnShowing(event -> offer());
    offer();
    on.valueProperty().bindBidirectional(group.text("on"));
    name.setEditable(true);
    name.setPrefWidth(140);
    name.setMinWidth(80);
    name.setAccessibleText(texts.get("editor.assert.name"));
    name.getEditor().textProperty().bindBidirectional(group.text("name"));
    negated = new CheckBox(texts.get("editor.assert.not"));
    negated.setMinWidth(CheckBox.USE_PREF_SIZE);
    negated.selectedProperty().bindBidirectional(group.flag("not"));
    op.setPrefWidth(165);
    op.setMinWidth(150);
    op.setAccessibleText(texts.get("editor.assert.operator"));
    value = PairRow.text(texts, "editor.assert.value", group, "value");
    HBox.setHgrow(value, Priority.ALWAYS);
    schema.textProperty().bindBidirectional(group.text("value"));
    schema.setAccessibleText(texts.get("editor.assert.schema"));
    schema.setPromptText(texts.get("editor.assert.schema"));
    schema.setPrefRowCount(4);
    schema.getStyleClass().add("code");
    field.setContent(new VBox(6, PairRow.line(on, name, negated, op, value, remove), schema));
    group.text("on").subscribe(this::looksAt);
    group.text("op").subscribe(this::compares);
    op.valueProperty()
        .addListener((property, before, now) -> {
          if (now != null) { // the box forgets its value for a moment while its items change
            group.text("op").set(now);
          }
        });
  }

  private void begin() {
    Target first = NewTests.subjects(form.kind().get()).getFirst();
    group.text("on").set(first.label());
    group.text("op").set(Subject.of(first.label()).operators().getFirst().label());
  }

  private void offer() {
    String now = group.text("on").get();
    on.getItems().setAll(NewTests.subjects(form.kind().get()).stream().map(Target::label).toList());
    if (!now.isEmpty() && !on.getItems().contains(now)) {
      on.getItems().add(now);
    }
    on.setValue(now);
  }

  private void looksAt(@Nullable String label) {
    if (label == null) {
      return;
    }
    Subject subject = Subject.of(label);
    subject.suit(group);
    op.getItems().setAll(subject.operators().stream().map(Operator::label).toList());
    op.setValue(group.text("op").get());
    Parts.show(name, subject.needsName());
    name.getItems().setAll(subject.names());
    name.setPromptText(subject.exampleName());
    Parts.show(negated, subject.negatable());
    value.setPromptText(subject.exampleValue());
    field.setHelp(texts.get("help.assert"));
    compares(group.text("op").get());
  }

  private void compares(@Nullable String label) {
    if (label == null) {
      return;
    }
    op.setValue(label);
    boolean bare = label.equals(Operator.EXISTS.label());
    boolean whole = group.text("on").get().equals(Target.SCHEMA.label());
    Parts.show(value, !bare && !whole);
    Parts.show(schema, whole);
    if (bare) {
      group.text("value").set("");
    }
  }

  @Override
  public Group group() {
    return group;
  }

  @Override
  public Node view() {
    return field;
  }

  @Override
  public void at(String place) {
    field.setPlace(
        String.join(
            ",",
            place,
            place + ".on",
            place + ".name",
            place + ".value",
            place + ".op",
            place + ".not"));
  }
}
