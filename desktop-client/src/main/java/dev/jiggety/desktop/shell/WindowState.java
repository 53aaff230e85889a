package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.session.Settings.WindowPlace;
import java.util.List;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;

/** Where the window is, and where it was: on a screen that is still there. FX thread only. */
final class WindowState {
  /** Fits on a screen of 1920×1080 at a scale of 200 %. */
  private static final double SMALLEST_WIDTH = 900;

  private static final double SMALLEST_HEIGHT = 500;

  /** So much of the window must be on a screen, or nobody could take hold of it. */
  private static final double GRIP = 80;

  private final Stage stage;
  private WindowPlace before;

  WindowState(Stage stage, WindowPlace before) {
    this.stage = stage;
    this.before = before;
  }

  /** Puts the window where it was. */
  void restore() {
    stage.setMinWidth(SMALLEST_WIDTH);
    stage.setMinHeight(SMALLEST_HEIGHT);
    if (before.isPlaced() && isOn(before, bounds())) {
      stage.setX(before.x());
      stage.setY(before.y());
    }
    stage.setMaximized(before.maximized());
  }

  /** Where it is now; while it fills the screen, its size is the one that it had before. */
  WindowPlace now() {
    if (stage.isMaximized()) {
      before = new WindowPlace(before.width(), before.height(), true, stage.getX(), stage.getY());
    } else if (!stage.isIconified()) {
      before =
          new WindowPlace(
              stage.getScene().getWidth(),
              stage.getScene().getHeight(),
              false,
              stage.getX(),
              stage.getY());
    }
    return before;
  }

  private static List<Rectangle2D> bounds() {
    return Screen.getScreens().stream().map(Screen::getVisualBounds).toList();
  }

  /** Whether enough of a window's upper edge is on one of the screens. */
  static boolean isOn(WindowPlace place, List<Rectangle2D> screens) {
    Rectangle2D grip =
        new Rectangle2D(place.x() + GRIP, place.y(), Math.max(1, place.width() - 2 * GRIP), 1);
    return screens.stream().anyMatch(screen -> screen.intersects(grip));
  }
}
