package dev.jiggety.desktop.view.overview;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/**
 * A box to choose from, of which the values come and go: what was chosen stays chosen, and is told
 * only when a person chose it.
 */
final class Choices<T> {
  private final ComboBox<@Nullable T> box;
  private final Consumer<@Nullable T> chosen;
  private final ReadOnlyBooleanWrapper some = new ReadOnlyBooleanWrapper();
  private @Nullable T current;
  private boolean filling;

  Choices(
      ComboBox<@Nullable T> box,
      Function<@Nullable T, String> words,
      Consumer<@Nullable T> chosen) {
    this.box = box;
    this.chosen = chosen;
    box.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable T value) {
            return words.apply(value);
          }

          @Override
          public @Nullable T fromString(String text) {
            throw new UnsupportedOperationException("only chosen, never typed");
          }
        });
    box.valueProperty()
        .addListener((property, before, now) -> {
          if (!filling) {
            current = now;
            this.chosen.accept(now);
          }
        });
  }

  /** Offers values as they come and go, and none of them. */
  void follow(ObservableList<T> values) {
    offer(values, true);
    values.addListener((ListChangeListener<T>) change -> offer(values, true));
  }

  /** Offers values. */
  void offer(List<T> values, boolean withNone) {
    List<@Nullable T> all = new ArrayList<>();
    if (withNone) {
      all.add(null);
    }
    all.addAll(values);
    some.set(!values.isEmpty() || current != null);
    quietly(() -> box.getItems().setAll(all));
  }

  /** Shows what is chosen. */
  void show(@Nullable T value) {
    current = value;
    quietly(() -> box.setValue(value));
  }

  /** Whether there is anything to choose. */
  ReadOnlyBooleanProperty someProperty() {
    return some.getReadOnlyProperty();
  }

  private void quietly(Runnable action) {
    filling = true;
    try {
      action.run();
      box.setValue(current);
    } finally {
      filling = false;
    }
  }
}
