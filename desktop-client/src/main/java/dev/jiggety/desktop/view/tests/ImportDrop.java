package dev.jiggety.desktop.view.tests;

import java.io.File;
import javafx.scene.Node;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;

/** Takes what is dropped or pasted onto the list of tests. */
final class ImportDrop {
  private ImportDrop() {}

  static void install(Node node, ImportViewModel model) {
    node.setOnDragOver(event -> {
      if (event.getDragboard().hasFiles() || event.getDragboard().hasString()) {
        event.acceptTransferModes(TransferMode.COPY);
        event.consume();
      }
    });
    node.setOnDragDropped(event -> drop(event, model));
    node.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          boolean paste = event.isShortcutDown() && event.getCode() == KeyCode.V;
          Clipboard clipboard = Clipboard.getSystemClipboard();
          if (paste && !(event.getTarget() instanceof TextInputControl)) {
            if (clipboard.hasFiles()) {
              model.readFiles(clipboard.getFiles().stream().map(File::toPath).toList());
            } else if (clipboard.hasString()) {
              model.readText(clipboard.getString());
            }
            event.consume();
          }
        });
  }

  private static void drop(DragEvent event, ImportViewModel model) {
    if (event.getDragboard().hasFiles()) {
      model.readFiles(event.getDragboard().getFiles().stream().map(File::toPath).toList());
    } else if (event.getDragboard().hasString()) {
      model.readText(event.getDragboard().getString());
    }
    event.setDropCompleted(true);
    event.consume();
  }
}
