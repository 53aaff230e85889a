package dev.jiggety.desktop.view.editor.script;

import dev.jiggety.desktop.fx.Texts;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.fxmisc.richtext.CodeArea;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** Finds words in a text: Enter for the next, Shift+Enter for the one before, Escape to close. */
final class FindBar extends HBox {
  private final CodeArea area;
  private final Texts texts;
  private final TextField word = new TextField();
  private final Label result = new Label();

  FindBar(CodeArea area, Texts texts) {
    super(6);
    this.area = area;
    this.texts = texts;
    setAlignment(Pos.CENTER_LEFT);
    word.setPromptText(texts.get("code.find"));
    word.setAccessibleText(texts.get("code.find"));
    HBox.setHgrow(word, Priority.ALWAYS);
    word.setOnKeyPressed(this::key);
    word.textProperty()
        .addListener((property, before, now) -> go(area.getSelection().getStart(), 1));
    getChildren()
        .addAll(
            word,
            result,
            button("code.find.before", Feather.CHEVRON_UP, () -> go(start() - 1, -1)),
            button("code.find.next", Feather.CHEVRON_DOWN, () -> go(start() + 1, 1)),
            button("code.find.close", Feather.X, this::close));
    setVisible(false);
    setManaged(false);
  }

  void open() {
    setVisible(true);
    setManaged(true);
    if (!area.getSelectedText().isEmpty()) {
      word.setText(area.getSelectedText());
    }
    word.selectAll();
    word.requestFocus();
  }

  private void close() {
    setVisible(false);
    setManaged(false);
    area.requestFocus();
  }

  private void key(KeyEvent event) {
    switch (event.getCode()) {
      case KeyCode.ENTER ->
          go(start() + (event.isShiftDown() ? -1 : 1), event.isShiftDown() ? -1 : 1);
      case KeyCode.ESCAPE -> close();
      default -> {
        return;
      }
    }
    event.consume();
  }

  private int start() {
    return area.getSelection().getStart();
  }

  private void go(int from, int direction) {
    String text = area.getText().toLowerCase(Locale.ROOT);
    String wanted = word.getText().toLowerCase(Locale.ROOT);
    if (wanted.isEmpty()) {
      result.setText("");
      return;
    }
    int at = direction > 0 ? text.indexOf(wanted, from) : text.lastIndexOf(wanted, from);
    if (at < 0 || (from < 0 && direction < 0)) {
      at = direction > 0 ? text.indexOf(wanted) : text.lastIndexOf(wanted);
    }
    result.setText(at < 0 ? texts.get("code.find.none") : "");
    if (at >= 0) {
      area.selectRange(at, at + wanted.length());
      area.requestFollowCaret();
    }
  }

  private Button button(String key, Feather icon, Runnable action) {
    Button button = new Button(null, new FontIcon(icon));
    button.getStyleClass().addAll("flat", "button-icon", "small");
    button.setAccessibleText(texts.get(key));
    button.setOnAction(event -> action.run());
    return button;
  }
}
