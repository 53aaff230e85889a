package dev.jiggety.desktop.view.editor;

import atlantafx.base.controls.ToggleSwitch;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.editor.form.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;

/**
 * Ties the fields of a section to what they stand for, by their places, so that a field needs a
 * line of FXML and none of code.
 */
final class Binder {
  /** How a secret is written. */
  static final String SECRET = "${secret.NAME}";

  /** How something is written that a request before it has taken out of an answer. */
  static final String CAPTURED = "${name}";

  private final Parts parts;
  private final Texts texts;
  private final Group group;
  private final Options options;
  private final List<Tied> fields = new ArrayList<>();
  private final List<RowsBox> lists = new ArrayList<>();
  private String place;

  private record Tied(Field field, List<String> relative) {}

  /**
   * A binder.
   *
   * @param place where the group stands in the document; empty for its root
   */
  Binder(Parts parts, Group group, String place) {
    this.parts = parts;
    this.texts = parts.texts();
    this.group = group;
    this.place = place;
    this.options = new Options(texts);
  }

  /** Ties all that stands below a node. */
  void bind(Parent root) {
    for (Node child : root.getChildrenUnmodifiable()) {
      switch (child) {
        case Field field -> bind(field);
        case RowsBox box -> bind(box);
        case Label label -> label.setText(filled(label.getText()));
        case Only only -> {
          choice(only.getChoice()).subscribe(only::show);
          bind(only);
        }
        case Parent parent -> bind(parent);
        default -> {}
      }
    }
    at(place);
  }

  /** Tells the fields where the group stands now. */
  void at(String now) {
    place = now;
    for (Tied tied : fields) {
      tied.field()
          .setPlace(tied.relative().stream().map(this::absolute).collect(Collectors.joining(",")));
      tied.field().setHelp(help(absolute(tied.relative().getFirst())).orElse(""));
    }
    lists.forEach(box -> box.at(absolute(box.getList())));
  }

  private String absolute(String relative) {
    return place.isEmpty() ? relative : relative.isEmpty() ? place : place + "." + relative;
  }

  private StringProperty choice(String path) {
    return group.isChoice(path) ? group.choice(path) : group.text(path);
  }

  private void bind(RowsBox box) {
    lists.add(box);
    box.keep(
        group.rows(box.getList()),
        row -> parts.row(box.getOf(), row),
        () -> group.addRow(box.getList()));
  }

  private void bind(Field field) {
    if (field.getPlace().isEmpty()) {
      return; // its section ties it by itself
    }
    List<String> relative = field.places();
    field.setHint(filled(field.getHint()));
    fields.add(new Tied(field, relative));
    String path = relative.getFirst();
    Node content = field.getContent();
    switch (content) {
      case TextInputControl input -> {
        input.setPromptText(prompt(path, input.getPromptText()));
        input.textProperty().bindBidirectional(group.text(path));
        Secrets.offer(input, parts.secrets());
      }
      case CheckBox box -> box.selectedProperty().bindBidirectional(group.flag(path));
      case ToggleSwitch it -> it.selectedProperty().bindBidirectional(group.flag(path));
      case ComboBox<?> box -> bind(strings(box), path);
      case null, default -> {}
    }
  }

  /** FXML takes texts as they stand; here are the places that they may have. */
  private static String filled(String text) {
    return text.replace("{0}", SECRET).replace("{1}", CAPTURED);
  }

  /** A field that is left empty says what counts then. */
  private String prompt(String path, String given) {
    String usual = group.fallback(path);
    return given == null || given.isEmpty() ? usual : given;
  }

  private void bind(ComboBox<String> box, String path) {
    String field = path.substring(path.lastIndexOf('.') + 1);
    box.getItems().setAll(Options.of(field));
    StringProperty text = choice(path);
    if (box.isEditable()) {
      box.getEditor().textProperty().bindBidirectional(text);
      box.valueProperty()
          .addListener((property, before, now) -> {
            if (now != null) {
              text.set(now);
            }
          });
    } else {
      options.dress(box, field);
      box.valueProperty().bindBidirectional(text);
    }
  }

  @SuppressWarnings("unchecked") // all boxes of these forms hold texts
  private static ComboBox<String> strings(ComboBox<?> box) {
    return (ComboBox<String>) box;
  }

  /** What a place is for, in plain words. */
  private Optional<String> help(String at) {
    String plain =
        at.replaceAll("\\[\\d+]", "")
            .replaceFirst("^http\\.before\\.(?!name)", "http.")
            .replaceFirst("^\\w+\\.connection\\.", "connection.");
    String key = "help." + plain;
    return texts.bundle().containsKey(key)
        ? Optional.of(texts.get(key, SECRET, CAPTURED))
        : Optional.empty();
  }
}
