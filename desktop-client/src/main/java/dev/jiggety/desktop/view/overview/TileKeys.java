package dev.jiggety.desktop.view.overview;

import javafx.scene.input.KeyEvent;

/** Moves the selection of a grid by keyboard. */
final class TileKeys {
  private final TileGrid grid;

  TileKeys(TileGrid grid) {
    this.grid = grid;
  }

  void install() {
    grid.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    grid.focusedProperty()
        .subscribe(focused -> {
          if (focused && grid.selectedIndex() < 0 && grid.size() > 0) {
            grid.select(0);
          }
        });
  }

  private void pressed(KeyEvent event) {
    if (event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    int at = grid.selectedIndex();
    int line = grid.columns();
    int page = line * grid.lines();
    switch (event.getCode()) {
      case LEFT -> grid.select(at - 1);
      case RIGHT -> grid.select(at + 1);
      case UP -> grid.select(at - line < 0 ? at : at - line);
      case DOWN -> grid.select(at + line);
      case PAGE_UP -> grid.select(at - page);
      case PAGE_DOWN -> grid.select(at + page);
      case HOME -> grid.select(0);
      case END -> grid.select(grid.size() - 1);
      default -> {
        return;
      }
    }
    event.consume();
  }
}
