package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator;
import dev.jiggety.desktop.navigation.Navigator.Place;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCombination;

/** The keys that work everywhere in the window. */
final class Keys {
  private Keys() {}

  /** What the keys do that is neither an activity's nor the navigator's. */
  interface Commands {
    void palette();

    void undo();

    void redo();

    Look look();
  }

  static void install(
      Scene scene,
      Navigator navigator,
      Supplier<Activity> current,
      BooleanSupplier connected,
      Commands commands) {
    on(scene, "Shortcut+K", connected, commands::palette);
    BooleanSupplier notTyping =
        () -> connected.getAsBoolean() && !(scene.getFocusOwner() instanceof TextInputControl);
    on(scene, "Shortcut+Z", notTyping, commands::undo);
    on(scene, "Shortcut+Shift+Z", notTyping, commands::redo);
    on(scene, "Shortcut+Y", notTyping, commands::redo);
    for (String plus : new String[] {"Shortcut+PLUS", "Shortcut+ADD", "Shortcut+EQUALS"}) {
      on(scene, plus, Keys::always, () -> commands.look().resize(1));
    }
    // On many keyboards the plus is typed with Shift.
    on(scene, "Shortcut+Shift+EQUALS", Keys::always, () -> commands.look().resize(1));
    on(scene, "Shortcut+Shift+PLUS", Keys::always, () -> commands.look().resize(1));
    on(scene, "Shortcut+MINUS", Keys::always, () -> commands.look().resize(-1));
    on(scene, "Shortcut+SUBTRACT", Keys::always, () -> commands.look().resize(-1));
    on(scene, "Shortcut+DIGIT0", Keys::always, () -> commands.look().usualSize());
    on(scene, "Shortcut+NUMPAD0", Keys::always, () -> commands.look().usualSize());
    on(scene, "Shortcut+N", connected, () -> navigator.edit(new EditRequest.Create()));
    on(scene, "Shortcut+F", connected, () -> current.get().find());
    on(scene, "Shortcut+S", connected, () -> current.get().save());
    on(scene, "F5", connected, () -> current.get().refresh());
    on(scene, "F11", connected, navigator::wall);
    for (Place place : Place.values()) {
      on(scene, "Shortcut+" + place.digit(), connected, () -> navigator.go(place));
    }
    on(scene, "Shortcut+B", connected, navigator::basket);
    on(scene, "Shortcut+COMMA", connected, () -> navigator.go(Place.SETTINGS));
    on(scene, "Alt+LEFT", connected, navigator::back);
  }

  private static boolean always() {
    return true;
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
