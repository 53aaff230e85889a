package dev.jiggety.desktop.bench;

import dev.jiggety.desktop.feed.HubPicture;
import dev.jiggety.desktop.fx.SystemTicker;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.session.CouchConnector;
import dev.jiggety.desktop.session.KeyFiles;
import dev.jiggety.desktop.session.OperatorKeys;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.desktop.shell.Services;
import dev.jiggety.desktop.shell.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;

/**
 * The whole program in a window over a real hub, and a clock that runs until something is drawn.
 * Methods are for the measuring thread unless they say otherwise.
 */
final class Room implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final KeyCombination REFRESH = KeyCombination.valueOf("F5");

  private final SystemTicker ticker = new SystemTicker();
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger underWay = new AtomicInteger();
  private final Tasks tasks =
      new Tasks(
          work -> background.execute(counted(work)), update -> Platform.runLater(counted(update)));
  private final Stage stage;
  private final Scale scale;
  private final Path folder;
  private final Shell shell;

  /**
   * Opens the window, as the program does.
   *
   * @param folder for settings, an empty one
   */
  Room(Stage stage, Path folder, Scale scale) {
    this.stage = stage;
    this.scale = scale;
    this.folder = folder;
    SettingsFile settings = new SettingsFile(folder);
    shell =
        new Shell(
            stage,
            new Services(
                new CouchConnector(),
                settings,
                tasks,
                ticker,
                InstantSource.system(),
                ZoneId.systemDefault(),
                new Texts(Locale.ENGLISH),
                new OperatorKeys(tasks, new KeyFiles(), settings, folder.resolve("operator.key"))));
    shell.show();
  }

  /** How much is to be measured. */
  Scale scale() {
    return scale;
  }

  /** The program. For the FX thread. */
  Shell shell() {
    return shell;
  }

  /** Presses the button that stands for a choice. For the FX thread. */
  void press(Object choice) {
    stage.getScene().getRoot().lookupAll(".toggle-button").stream()
        .filter(ToggleButton.class::isInstance)
        .map(ToggleButton.class::cast)
        .filter(button -> choice.equals(button.getUserData()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no button for " + choice))
        .fire();
  }

  /** Presses F5. For the FX thread. */
  void refresh() {
    Objects.requireNonNull(stage.getScene().getAccelerators().get(REFRESH), "F5").run();
  }

  /** The one door to the FX thread, each passage of which is counted. */
  Tasks tasks() {
    return tasks;
  }

  /** For whatever has to be kept meanwhile. */
  Path folder() {
    return folder;
  }

  /** Connects, and waits until the program knows so much of the hub. */
  void connect(String hub, Predicate<HubPicture> enough) throws Exception {
    fx(() -> {
      shell.connect(hub, Optional.empty());
      return true;
    });
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!fx(() -> shell.session().map(Session::feed).filter(it -> enough.test(it.picture())))
        .isPresent()) {
      if (System.nanoTime() > end) {
        throw new IOException("the desktop did not get to know all of the hub");
      }
      Thread.sleep(LOOK_AGAIN);
    }
    untilDrawn(() -> {});
  }

  /** Does something on the FX thread and waits for it. */
  static <T> T fx(Callable<T> action) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        done.complete(action.call());
      } catch (Exception e) {
        done.completeExceptionally(e);
      }
    });
    return await(done);
  }

  /**
   * Does something on the FX thread; how many milliseconds until all that follows from it was done
   * and drawn: no work is under way, and the second pulse after has begun, which waits for the
   * drawing of the first.
   */
  double untilDrawn(Runnable action) throws Exception {
    CompletableFuture<Long> drawn = new CompletableFuture<>();
    Platform.runLater(() -> {
      long began = System.nanoTime();
      action.run();
      new AnimationTimer() {
        private int pulses;

        @Override
        public void handle(long now) {
          pulses = isQuiet() ? pulses + 1 : 0;
          if (pulses == 2) {
            stop();
            drawn.complete(System.nanoTime() - began);
          }
        }
      }.start();
    });
    return await(drawn) / 1e6;
  }

  /** Whether nothing is worked on that could still change what is seen. For any thread. */
  boolean isQuiet() {
    return underWay.get() == 0;
  }

  /** Begins something on the FX thread; how many milliseconds until it says that it is done. */
  double untilDone(Consumer<Runnable> action) throws Exception {
    CompletableFuture<Long> done = new CompletableFuture<>();
    Platform.runLater(() -> {
      long began = System.nanoTime();
      action.accept(() -> done.complete(System.nanoTime() - began));
    });
    return await(done) / 1e6;
  }

  private static <T> T await(CompletableFuture<T> what) throws Exception {
    try {
      return what.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("on the FX thread: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("nothing was drawn within " + PATIENCE, e);
    }
  }

  private Runnable counted(Runnable work) {
    underWay.incrementAndGet();
    return () -> {
      try {
        work.run();
      } finally {
        underWay.decrementAndGet();
      }
    };
  }

  @Override
  public void close() {
    shell.close();
    ticker.close();
    background.shutdown();
  }
}
