package dev.jiggety.desktop.navigation;

import java.util.List;
import javafx.scene.Parent;

/** A screen. What {@link #activate} opens, {@link #deactivate} closes. FX thread only. */
public interface Activity {
  /** What is shown. */
  Parent view();

  /** It is about to be seen. */
  default void activate() {}

  /** It is no longer seen. */
  default void deactivate() {}

  /** F5 was pressed. */
  default void refresh() {}

  /** Ctrl+F was pressed. */
  default void find() {}

  /** Ctrl+S was pressed. */
  default void save() {}

  /** What can be done here now, for the command palette; asked anew each time it opens. */
  default List<Action> offers() {
    return List.of();
  }

  /** Whether it holds something typed that would be lost. */
  default boolean hasUnsaved() {
    return false;
  }
}
