package dev.jiggety.desktop;

import dev.jiggety.base.ConfigFolder;
import dev.jiggety.desktop.fx.Marks;
import dev.jiggety.desktop.fx.SystemTicker;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.session.CouchConnector;
import dev.jiggety.desktop.session.KeyFiles;
import dev.jiggety.desktop.session.OperatorKeys;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.desktop.shell.Services;
import dev.jiggety.desktop.shell.Shell;
import dev.jiggety.desktop.system.SystemParts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The running program: real hub, real clock, real threads. */
public final class DesktopApp extends Application {
  private final SystemTicker ticker = new SystemTicker();
  private final Background background = new Background(Duration.ofSeconds(2));
  private @Nullable Shell shell;
  private @Nullable SettingsFile settings;

  @Override
  public void start(Stage stage) {
    Marks.say("toolkit");
    Arguments arguments = Arguments.parse(getParameters().getRaw(), System.getenv());
    Path folder =
        arguments
            .data()
            .orElseGet(() ->
                ConfigFolder.find(
                    System.getProperty("os.name"),
                    Path.of(System.getProperty("user.home")),
                    System.getenv()));
    settings = new SettingsFile(folder);
    Tasks tasks = new Tasks(background, Platform::runLater);
    Shell window =
        new Shell(
            stage,
            new Services(
                new CouchConnector(),
                settings,
                tasks,
                ticker,
                InstantSource.system(),
                ZoneId.systemDefault(),
                Texts.in(settings.get().look().language(), Locale.getDefault()),
                new OperatorKeys(tasks, new KeyFiles(), settings, folder.resolve("operator.key")),
                SystemParts.find(System.getProperty("os.name"), System.getenv(), folder)));
    shell = window;
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> tasks.unexpected(failure));
    arguments.hub().ifPresentOrElse(hub -> window.show(hub, arguments.login()), window::show);
  }

  @Override
  public void stop() {
    Shell window = shell;
    SettingsFile file = settings;
    if (window != null && file != null) {
      file.change(window::remember);
      window.close();
    }
    ticker.close();
    background.close();
  }
}
