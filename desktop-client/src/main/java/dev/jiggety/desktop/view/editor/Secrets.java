package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.form.SecretNames;
import java.util.List;
import javafx.geometry.Side;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;

/** Offers names of secrets in a field as soon as somebody begins one. */
final class Secrets {
  private Secrets() {}

  static void offer(TextInputControl field, SecretNames names) {
    ContextMenu menu = new ContextMenu();
    field
        .caretPositionProperty()
        .subscribe(caret -> {
          String text = field.getText() == null ? "" : field.getText();
          String before = text.substring(0, Math.min(caret.intValue(), text.length()));
          List<String> words = field.isFocused() ? names.after(before) : List.of();
          menu.hide();
          if (!words.isEmpty()) {
            menu.getItems()
                .setAll(
                    words.stream()
                        .map(word -> item(field, names.begin(before), before.length(), word))
                        .toList());
            menu.show(field, Side.BOTTOM, 0, 0);
          }
        });
  }

  private static MenuItem item(TextInputControl field, int from, int to, String word) {
    MenuItem item = new MenuItem(word);
    item.setMnemonicParsing(false);
    item.setOnAction(event -> field.replaceText(from, to, word));
    return item;
  }
}
