package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.session.Settings.WindowPlace;
import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class WindowStateTest {
  private final List<Rectangle2D> screens =
      List.of(new Rectangle2D(0, 0, 1920, 1080), new Rectangle2D(1920, 0, 1280, 1024));

  @Test
  void aWindowGoesBackToAScreenThatIsStillThere() {
    assertThat(WindowState.isOn(at(100, 100), screens)).isTrue();
    assertThat(WindowState.isOn(at(2000, 10), screens)).as("the second screen").isTrue();
    assertThat(WindowState.isOn(at(2000, 10), screens.subList(0, 1))).as("gone").isFalse();
    assertThat(WindowState.isOn(at(1900, 10), screens.subList(0, 1))).as("no grip").isFalse();
    assertThat(WindowState.isOn(at(100, -50), screens)).as("its bar is above").isFalse();
  }

  private static WindowPlace at(double x, double y) {
    return new WindowPlace(1280, 800, false, x, y);
  }
}
