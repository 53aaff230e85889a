package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator;
import dev.jiggety.desktop.navigation.Navigator.Place;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;

/** The keys that work everywhere in the window. */
final class Keys {
  private Keys() {}

  static void install(
      Scene scene, Navigator navigator, Supplier<Activity> current, BooleanSupplier connected) {
    on(scene, "Shortcut+N", connected, () -> navigator.edit(new EditRequest.Create()));
    on(scene, "Shortcut+F", connected, () -> current.get().find());
    on(scene, "Shortcut+S", connected, () -> current.get().save());
    on(scene, "F5", connected, () -> current.get().refresh());
    on(scene, "F11", connected, navigator::wall);
    for (Place place : Place.values()) {
      on(scene, "Shortcut+" + (place.ordinal() + 1), connected, () -> navigator.go(place));
    }
    on(scene, "Shortcut+B", connected, navigator::basket);
    on(scene, "Shortcut+COMMA", connected, () -> navigator.go(Place.SETTINGS));
    on(scene, "Alt+LEFT", connected, navigator::back);
  }

  private static void on(Scene scene, String keys, BooleanSupplier when, Runnable action) {
    scene
        .getAccelerators()
        .put(
            KeyCombination.valueOf(keys),
            () -> {
              if (when.getAsBoolean()) {
                action.run();
              }
            });
  }
}
