package dev.jiggety.endtoend;

import static org.awaitility.Awaitility.await;

import dev.jiggety.desktop.fx.PngWriter;
import dev.jiggety.desktop.fx.SystemTicker;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.session.CouchConnector;
import dev.jiggety.desktop.session.KeyFiles;
import dev.jiggety.desktop.session.OperatorKeys;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.desktop.shell.Services;
import dev.jiggety.desktop.shell.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The desktop program in a window, as it is shipped: real connections, real clock, real threads.
 * Methods may be called from the test's thread; what they are given runs on the FX thread.
 */
final class DesktopWindow implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SystemTicker ticker = new SystemTicker();
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Throwable> unexpected = new CopyOnWriteArrayList<>();
  private final Shell shell;
  private final Scene scene;

  /**
   * Opens a window of this size inside its frame.
   *
   * @param key the file of the operator's key
   */
  DesktopWindow(Path folder, Path key, int width, int height) throws Exception {
    startToolkit();
    SettingsFile settings = new SettingsFile(folder);
    settings.change(
        known -> known.withTheme("light").withWindow(new WindowPlace(width, height, false)));
    Tasks tasks = new Tasks(background, Platform::runLater);
    Stage stage = fx(Stage::new);
    shell =
        fx(() -> {
          Shell made =
              new Shell(
                  stage,
                  new Services(
                      new CouchConnector(),
                      settings,
                      tasks,
                      ticker,
                      InstantSource.system(),
                      ZoneOffset.UTC,
                      new Texts(Locale.ENGLISH),
                      new OperatorKeys(tasks, new KeyFiles(), settings, key)));
          tasks.onUnexpected(unexpected::add);
          made.show();
          return made;
        });
    scene = fx(stage::getScene);
  }

  /** The program. To be used on the FX thread. */
  Shell shell() {
    return shell;
  }

  /** Failures that the program did not handle. */
  List<Throwable> unexpected() {
    return unexpected;
  }

  /** Does something on the FX thread and waits for it. */
  static <T> T fx(Callable<T> action) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        done.complete(action.call());
      } catch (Throwable e) { // an assertion's too
        done.completeExceptionally(e);
      }
    });
    try {
      return done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("on the FX thread: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the FX thread did not answer", e);
    }
  }

  /** The node with this id that can be seen; waits for it. */
  <N extends Node> N find(String id, Class<N> type) {
    awaitThat("#" + id + " is shown", PATIENCE, () -> visible("#" + id).size() == 1);
    return fx(() -> type.cast(visible("#" + id).getFirst()));
  }

  /** All nodes that a CSS selector finds and that can be seen. */
  List<Node> visible(String selector) {
    return scene.getRoot().lookupAll(selector).stream().filter(DesktopWindow::isSeen).toList();
  }

  /** How many times a text stands on the screen as a whole word of its own. */
  long shown(String text) {
    return visible("*").stream().filter(node -> text.equals(words(node))).count();
  }

  /** Whether some text on the screen has these words in it. To be used on the FX thread. */
  boolean says(String part) {
    return visible("*").stream()
        .anyMatch(node -> {
          String words = words(node);
          return words != null && words.contains(part);
        });
  }

  /** Waits until some text on the screen has these words in it. */
  void awaitText(String part) {
    awaitThat("“" + part + "” is on the screen", () -> says(part));
  }

  /** Presses a button, which may be waited for. */
  void press(String id) {
    ButtonBase button = find(id, ButtonBase.class);
    awaitThat("#" + id + " can be pressed", () -> !button.isDisabled());
    fx(() -> {
      button.fire();
      return true;
    });
  }

  /** Types something in the place of what stands in a field. */
  void fill(String id, String text) {
    TextField field = find(id, TextField.class);
    fx(() -> {
      field.setText(text);
      return true;
    });
  }

  /** Waits until a condition holds on the FX thread. */
  void awaitThat(String what, Duration patience, Callable<Boolean> condition) {
    try {
      await(what)
          .atMost(patience)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> unexpected.isEmpty() && fx(condition));
    } catch (ConditionTimeoutException e) {
      picture(Path.of("target", "failed", what.replaceAll("\\W+", "-") + ".png"));
      throw e;
    }
  }

  void awaitThat(String what, Callable<Boolean> condition) {
    awaitThat(what, PATIENCE, condition);
  }

  /** Writes what the window shows. */
  void picture(Path file) {
    fx(() -> {
      PngWriter.snapshot(scene, file);
      return file;
    });
  }

  @Override
  public void close() {
    fx(() -> {
      shell.close();
      scene.getWindow().hide();
      return true;
    });
    ticker.close();
    background.shutdown();
  }

  private static void startToolkit() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    try {
      Platform.startup(started::countDown);
    } catch (IllegalStateException e) {
      return; // by the test before
    }
    if (!started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("JavaFX did not start");
    }
    Platform.setImplicitExit(false);
  }

  private static boolean isSeen(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private static String words(Node node) {
    return switch (node) {
      case Labeled labeled -> labeled.getText();
      case Text text when !(text.getParent() instanceof Labeled) -> text.getText();
      default -> "";
    };
  }
}
