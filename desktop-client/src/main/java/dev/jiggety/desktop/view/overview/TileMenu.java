package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.fx.Texts;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What mouse and menu key do with tiles. */
final class TileMenu {
  private final TileGrid grid;
  private final OverviewViewModel model;
  private final ContextMenu menu;
  private final MenuItem incident;

  TileMenu(TileGrid grid, OverviewViewModel model, Texts texts) {
    this.grid = grid;
    this.model = model;
    MenuItem results = item(texts.get("tests.results"), Feather.ACTIVITY, model::openResults);
    MenuItem edit = item(texts.get("tests.edit"), Feather.EDIT_2, model::edit);
    incident =
        item(texts.get("overview.menu.incident"), Feather.ALERT_TRIANGLE, model::openIncident);
    menu = new ContextMenu(results, edit, incident);
  }

  private static MenuItem item(String words, Feather icon, Runnable action) {
    MenuItem item = new MenuItem(words, new FontIcon(icon));
    item.setOnAction(event -> action.run());
    return item;
  }

  void install() {
    grid.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
    grid.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::asked);
  }

  private void clicked(MouseEvent event) {
    menu.hide();
    grid.requestFocus();
    int index = grid.indexAt(event.getX(), event.getY());
    if (index >= 0) {
      grid.select(index);
      if (event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
        model.openResults();
      }
    }
  }

  private void asked(ContextMenuEvent event) {
    int index =
        event.isKeyboardTrigger() ? grid.selectedIndex() : grid.indexAt(event.getX(), event.getY());
    if (index >= 0) {
      grid.select(index);
      Tile tile = grid.selected();
      incident.setDisable(tile == null || model.incidentOf(tile.id()).isEmpty());
      menu.show(grid, event.getScreenX(), event.getScreenY());
      event.consume();
    }
  }
}
