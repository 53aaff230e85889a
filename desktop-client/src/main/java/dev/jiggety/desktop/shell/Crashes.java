package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.system.Opener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.controlsfx.control.action.Action;

/** Tells of a failure that nobody expected, with a code to quote and a report to hand on. */
final class Crashes {
  private static final System.Logger LOG = System.getLogger(Crashes.class.getName());

  private final CrashReports reports;
  private final Tasks tasks;
  private final Texts texts;
  private final Messages messages;
  private final Opener opener;
  private final Supplier<String> where;

  /**
   * Tells of failures.
   *
   * @param where the name of the screen that is seen
   */
  Crashes(
      CrashReports reports,
      Tasks tasks,
      Texts texts,
      Messages messages,
      Opener opener,
      Supplier<String> where) {
    this.reports = reports;
    this.tasks = tasks;
    this.texts = texts;
    this.messages = messages;
    this.opener = opener;
    this.where = where;
  }

  /** Writes the report and tells the person. On the FX thread. */
  void tell(Throwable failure) {
    String code = CrashReports.code(failure);
    String screen = where.get();
    tasks
        .create(() -> reports.write(failure, screen))
        .onSuccess(file -> show(code, file))
        .onError(IOException.class, e -> withoutReport(code, e))
        .start();
  }

  private void show(String code, Path file) {
    messages.ask(
        Tone.ERROR,
        texts.get("crash", code),
        new Action(texts.get("crash.copy"), event -> copy(code, file)),
        new Action(texts.get("crash.open"), event -> open(file)));
  }

  private void withoutReport(String code, IOException e) {
    LOG.log(System.Logger.Level.WARNING, "no report of " + code + ": " + e.getMessage());
    messages.ask(Tone.ERROR, texts.get("crash.unwritten", code));
  }

  private void copy(String code, Path file) {
    ClipboardContent content = new ClipboardContent();
    content.putString(texts.get("crash.quote", code, file.toString()));
    Clipboard.getSystemClipboard().setContent(content);
    messages.say(Tone.DONE, texts.get("crash.copied"));
  }

  private void open(Path file) {
    tasks
        .create(() -> {
          opener.open(file);
          return true;
        })
        .onError(
            IOException.class,
            e -> messages.say(Tone.WARNING, texts.get("crash.unopened", file.toString())))
        .start();
  }
}
