package dev.jiggety.desktop.fx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Objects;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;

/**
 * Loads the view that belongs to a controller: {@code XView.fxml} beside {@code XController}. The
 * FXML names the controller's class, the program makes the instance.
 */
public final class Fxml {
  private final Texts texts;

  public Fxml(Texts texts) {
    this.texts = texts;
  }

  /**
   * The controller's view, wired to it. On the FX thread.
   *
   * @throws IllegalStateException when the view is not there or cannot be read
   */
  public Parent load(Object controller) {
    FXMLLoader loader = new FXMLLoader(location(controller.getClass()), texts.bundle());
    loader.setControllerFactory(type -> {
      if (!type.isInstance(controller)) {
        throw new IllegalStateException(
            "the view of " + controller.getClass() + " names another controller: " + type);
      }
      return controller;
    });
    try {
      Parent view = loader.load();
      FieldLabels.tie(view);
      return view;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot load the view of " + controller.getClass(), e);
    }
  }

  private static URL location(Class<?> controller) {
    String name = controller.getSimpleName().replaceFirst("Controller$", "View.fxml");
    return Objects.requireNonNull(
        controller.getResource(name), () -> name + " is missing beside " + controller);
  }
}
