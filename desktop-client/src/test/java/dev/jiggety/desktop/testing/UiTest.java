package dev.jiggety.desktop.testing;

import static org.awaitility.Awaitility.await;

import dev.jiggety.desktop.fx.PngWriter;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.OperatorKeys;
import dev.jiggety.desktop.session.Settings;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.desktop.shell.Services;
import dev.jiggety.desktop.shell.Shell;
import dev.jiggety.desktop.system.SystemParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/**
 * The whole program in a window, over a hub in memory and with time that the test lets pass. What a
 * test waits for is a condition, never a span of time.
 */
public abstract class UiTest {
  @TempDir protected Path folder;
  protected final FakeClock clock = new FakeClock();
  protected final FakeHub hub = new FakeHub(clock);
  protected final FakeKeys keyFiles = new FakeKeys();
  protected OperatorKeys keys;
  protected final FxRobot robot = new FxRobot();
  protected final List<Throwable> unexpected = new CopyOnWriteArrayList<>();
  protected SettingsFile settings;
  protected Texts texts;
  protected Shell shell;
  protected Stage stage;
  private ExecutorService background;

  @BeforeAll
  static void startToolkit() throws Exception {
    FxToolkit.registerPrimaryStage();
    Platform.setImplicitExit(false);
  }

  @BeforeEach
  void openWindow() {
    settings = new SettingsFile(folder);
    texts = new Texts(language());
    settings.change(known -> known.withTheme("light").withWindow(size()));
    background = Executors.newVirtualThreadPerTaskExecutor();
    Tasks tasks = new Tasks(background, Platform::runLater);
    hub.manager().trust(keyFiles.ada().trusted());
    keys = new OperatorKeys(tasks, keyFiles, settings, FakeKeys.ADA);
    fx(() -> {
      stage = new Stage();
      shell =
          new Shell(
              stage,
              new Services(
                  hub, settings, tasks, clock, clock, ZoneOffset.UTC, texts, keys, system()));
      tasks.onUnexpected(unexpected::add);
      shell.show();
      return true;
    });
  }

  @AfterEach
  void closeWindow() {
    fx(() -> {
      shell.close();
      List.copyOf(Window.getWindows()).forEach(Window::hide);
      return true;
    });
    background.shutdown();
    if (!unexpected.isEmpty()) {
      throw new AssertionError("failures that nobody handled", unexpected.getFirst());
    }
  }

  /** What there is of the operating system's own. */
  protected SystemParts system() {
    return SystemParts.NONE;
  }

  /** What the program speaks. */
  protected Locale language() {
    return Locale.ENGLISH;
  }

  /** The size of the window. */
  protected WindowPlace size() {
    return Settings.FIRST.window();
  }

  /** Connects to the hub and goes to the list of tests. */
  protected void connect() {
    connectToOverview();
    fx(() -> {
      shell.go(Place.TESTS);
      return true;
    });
    settle();
  }

  /** Connects to the hub and waits for the first screen. */
  protected void connectToOverview() {
    fx(() -> {
      shell.connect("http://127.0.0.1:5984", Optional.empty());
      return true;
    });
    awaitText(texts.get("menu.overview"));
    settle();
  }

  /** Lets time pass, and then everything that follows from it on the FX thread. */
  protected void pass(Duration span) {
    clock.pass(span);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** Long enough for an update of the feed. */
  protected void settle() {
    pass(Duration.ofMillis(250));
  }

  /** Does something on the FX thread and waits for it. */
  protected static <T> T fx(Callable<T> action) {
    return WaitForAsyncUtils.waitForAsyncFx(10_000, action);
  }

  /** Waits until a condition of the screen holds; time goes on meanwhile. */
  protected void awaitThat(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          settle();
          return fx(condition);
        });
  }

  /** Waits until a text is to be seen in one of the windows. */
  protected void awaitText(String part) {
    awaitThat(() -> isShown(part));
  }

  /** Whether a text is to be seen. On the FX thread. */
  protected static boolean isShown(String part) {
    return Window.getWindows().stream()
        .filter(Window::isShowing)
        .flatMap(window -> window.getScene().getRoot().lookupAll("*").stream())
        .anyMatch(node -> isSeen(node) && text(node).contains(part));
  }

  /** A node of the window by its id; waits until it is there. */
  protected <N extends Node> N find(String id, Class<N> type) {
    awaitThat(() -> robot.lookup("#" + id).tryQueryAs(type).isPresent());
    return robot.lookup("#" + id).queryAs(type);
  }

  /** Replaces what stands in a field by typing. */
  protected void type(String id, String text) {
    TextInputControl field = find(id, TextInputControl.class);
    fx(() -> {
      field.requestFocus();
      field.selectAll();
      return true;
    });
    if (text.isEmpty()) {
      robot.type(KeyCode.BACK_SPACE);
    }
    robot.write(text, 0);
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** Presses a button by its id as the keyboard or a screen reader would. */
  protected void press(String id) {
    robot.clickOn(find(id, Node.class));
    WaitForAsyncUtils.waitForFxEvents();
  }

  /** Writes what is on the screen to {@code target/screens}, and gives back where. */
  protected Path picture(String name) {
    Path file = Path.of(System.getProperty("jiggety.target", "target"), "screens", name + ".png");
    fx(() -> {
      try {
        PngWriter.snapshot(stage.getScene(), file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return true;
    });
    return file;
  }

  /** Whether a node and all that it stands in are visible. */
  protected static boolean isSeen(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (!at.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private static String text(Node node) {
    return switch (node) {
      case Labeled labeled -> String.valueOf(labeled.getText());
      case TextInputControl input -> input.getText();
      case Text text -> text.getText();
      default -> "";
    };
  }
}
