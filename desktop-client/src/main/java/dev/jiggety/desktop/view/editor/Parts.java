package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.editor.RowsBox.Row;
import dev.jiggety.desktop.view.editor.form.Group;
import dev.jiggety.desktop.view.editor.form.SecretNames;
import dev.jiggety.desktop.view.editor.form.TestForm;
import javafx.scene.Node;
import javafx.scene.control.Button;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Makes the sections and rows of one form. */
final class Parts {
  private final Texts texts;
  private final TestForm form;
  private final SecretNames secrets;

  Parts(Texts texts, TestForm form, SecretNames secrets) {
    this.texts = texts;
    this.form = form;
    this.secrets = secrets;
  }

  /** The names of secrets to complete. */
  SecretNames secrets() {
    return secrets;
  }

  Texts texts() {
    return texts;
  }

  TestForm form() {
    return form;
  }

  /** A row of a list. */
  Row row(String of, Group group) {
    return switch (of) {
      case "pair" -> new PairRow(this, group, button(group));
      case "assertion" -> new AssertionRow(texts, form, group, button(group));
      case "capture" -> new CaptureRow(texts, group, button(group));
      case "part" -> new PartRow(this, group, button(group));
      case "before" -> new BeforeRow(this, group, button(group));
      default -> throw new IllegalArgumentException("there is no row of " + of);
    };
  }

  /** A button that takes a row out of whatever list it is in. */
  private Button button(Group row) {
    Button button = new Button(null, new FontIcon(Feather.X));
    button.getStyleClass().addAll("flat", "button-icon", "small");
    button.setAccessibleText(texts.get("editor.removeRow"));
    button.setOnAction(event -> row.remove());
    return button;
  }

  /** Shows or hides a node, with its place. */
  static void show(Node node, boolean visible) {
    node.setVisible(visible);
    node.setManaged(visible);
  }
}
