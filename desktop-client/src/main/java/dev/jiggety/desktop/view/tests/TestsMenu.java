package dev.jiggety.desktop.view.tests;

import dev.jiggety.desktop.fx.Texts;
import javafx.beans.binding.Bindings;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * The context menu of a test. Its items carry no accelerators: JavaFX would make those of a context
 * menu work in the whole window, "Delete" included. The table listens to the keys itself.
 */
final class TestsMenu {
  private final TestsViewModel model;
  private final Texts texts;

  TestsMenu(TestsViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
  }

  ContextMenu menu() {
    MenuItem toggle = item("tests.switch.off", Feather.POWER, model::toggle);
    toggle
        .textProperty()
        .bind(
            model
                .selectedProperty()
                .flatMap(TestRow::pictureProperty)
                .map(it -> texts.get(it.test().active() ? "tests.switch.off" : "tests.switch.on"))
                .orElse(texts.get("tests.switch.off")));
    ContextMenu menu =
        new ContextMenu(
            item("tests.results", Feather.ACTIVITY, model::openResults),
            item("tests.edit", Feather.EDIT_2, model::edit),
            item("tests.duplicate", Feather.COPY, model::duplicate),
            toggle,
            new SeparatorMenuItem(),
            item("tests.delete", Feather.TRASH_2, model::delete));
    menu.getItems()
        .forEach(item -> item.disableProperty().bind(Bindings.isNull(model.selectedProperty())));
    return menu;
  }

  private MenuItem item(String key, Feather icon, Runnable action) {
    MenuItem item = new MenuItem(texts.get(key), new FontIcon(icon));
    item.setOnAction(event -> action.run());
    return item;
  }
}
