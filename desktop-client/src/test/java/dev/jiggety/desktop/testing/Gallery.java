package dev.jiggety.desktop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.PngWriter;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Scale;

/**
 * Looks at one screen after the other, in every size, for what nobody could read, and takes its
 * picture. The pictures are in {@code target/screens}; with {@code
 * -Djiggety.screenshots=docs/images} those that the guide shows are written there too. Taking
 * pictures takes time, so of the larger sizes there are some only with {@code
 * -Djiggety.pictures=all}.
 */
public abstract class Gallery extends UiTest {
  /** The size of the window, and how many pixels of the screen one of its own is. */
  protected enum Size {
    SMALL("1280", 1280, 800, 1),
    LARGE("1920", 1920, 1080, 1),
    /** A screen of 1920×1080 that is scaled to 200 %. */
    SCALED("200", 960, 540, 2);

    final String suffix;
    final int width;
    final int height;
    final int scale;

    Size(String suffix, int width, int height, int scale) {
      this.suffix = suffix;
      this.width = width;
      this.height = height;
      this.scale = scale;
    }
  }

  private static final boolean ALL = System.getProperty("jiggety.pictures", "").equals("all");

  private final List<String> problems = new ArrayList<>();
  private String mode = "";
  private Set<Size> sizes = Set.of();

  /** The names of the screens whose pictures the guide shows. */
  protected abstract Set<String> guide();

  @Override
  protected WindowPlace size() {
    return new WindowPlace(1280, 800, false);
  }

  /** How it is looked at from now on. */
  protected void look(Themes.Choice theme, String name, Set<Size> at) {
    mode = name;
    sizes = at;
    fx(() -> {
      shell.themes().choiceProperty().set(theme);
      return true;
    });
  }

  /** What was found. */
  protected void assertNoProblems() {
    assertThat(problems).isEmpty();
  }

  /** Does something on the FX thread and lets follow what follows. */
  protected void go(Runnable way) {
    fx(() -> {
      way.run();
      return true;
    });
    settle();
  }

  /** Looks at what the window shows now. */
  protected void look(String name) {
    look(name, ".root");
  }

  /** Looks at a part of it. */
  protected void look(String name, String part) {
    boolean resized = false;
    for (Size size : Size.values()) {
      if (sizes.contains(size) && resize(size)) {
        resized |= size != Size.SMALL;
        fx(() -> look(stage.getScene(), name, part, size));
      }
    }
    if (resized) {
      resize(Size.SMALL); // a table that was narrow once divides its width otherwise
    }
  }

  /** Looks at another window as it is. */
  protected void lookAt(Scene scene, String name) {
    fx(() -> look(scene, name, ".root", Size.SMALL));
  }

  private boolean look(Scene scene, String name, String part, Size size) throws IOException {
    Parent root = scene.getRoot();
    root.applyCss();
    root.layout();
    String file = name + "-" + mode + "-" + size.suffix;
    // Colours are the same in every size.
    WritableImage image = size == Size.SMALL || ALL ? picture(root, size) : null;
    if (image != null) {
      Path folder = Path.of(System.getProperty("jiggety.target", "target"), "screens");
      write(folder.resolve(file + ".png"), image, Deflater.BEST_SPEED);
      String docs = System.getProperty("jiggety.screenshots", "");
      if (!docs.isEmpty() && size == Size.SMALL && guide().contains(name + "-" + mode)) {
        Path images = Path.of("..").resolve(docs);
        write(images.resolve(name + "-" + mode + ".png"), image, Deflater.BEST_COMPRESSION);
      }
    }
    WritableImage pixels = size == Size.SMALL ? image : null;
    ScreenCheck.problems(root, root.lookup(part), pixels).stream()
        .distinct()
        .map(problem -> file + ": " + problem)
        .forEach(problems::add);
    return true;
  }

  private static WritableImage picture(Parent root, Size size) {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setTransform(new Scale(size.scale, size.scale));
    return root.snapshot(parameters, null);
  }

  private static void write(Path file, WritableImage image, int effort) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, PngWriter.encode(image, effort));
  }

  /** Whether the window takes that size: JavaFX's headless screen is smaller than some. */
  private boolean resize(Size size) {
    if (fx(() -> isOf(size))) {
      return true;
    }
    fx(() -> {
      stage.setWidth(stage.getWidth() - stage.getScene().getWidth() + size.width);
      stage.setHeight(stage.getHeight() - stage.getScene().getHeight() + size.height);
      return true;
    });
    settle();
    return fx(() -> isOf(size));
  }

  private boolean isOf(Size size) {
    return stage.getScene().getWidth() == size.width;
  }

  /** A node of the window that is seen, else null. On the FX thread. */
  protected Node seen(String selector) {
    Node node = stage.getScene().lookup(selector);
    return node != null && isSeen(node) ? node : null;
  }
}
