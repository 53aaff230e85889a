package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Dialogs;
import dev.jiggety.desktop.system.Notices;
import java.io.IOException;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.controlsfx.control.NotificationPane;
import org.controlsfx.control.Notifications;
import org.controlsfx.control.action.Action;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Messages in a corner of the window, which go away by themselves; a bar across it for what waits
 * for a decision; questions in a window of their own. While nobody looks at the window, the
 * desktop's own notifications tell as well. Nothing here waits for a person.
 */
final class Messages implements Dialogs {
  private static final System.Logger LOG = System.getLogger(Messages.class.getName());
  private static final Duration SHORT = Duration.seconds(4);
  private static final Duration LONG = Duration.seconds(12);

  private final Stage owner;
  private final Texts texts;
  private final Tasks tasks;
  private final Notices notices;
  private final BooleanSupplier wanted;
  private final NotificationPane bar;
  private boolean failed;

  /**
   * The messages of a window.
   *
   * @param wanted whether the desktop's own notifications are wanted
   */
  Messages(
      Stage owner,
      Texts texts,
      Tasks tasks,
      Notices notices,
      BooleanSupplier wanted,
      Parent content) {
    this.owner = owner;
    this.texts = texts;
    this.tasks = tasks;
    this.notices = notices;
    this.wanted = wanted;
    this.bar = new NotificationPane(content);
    bar.setFocusTraversable(false); // what it holds can have the focus
    bar.setShowFromTop(true);
    bar.setCloseButtonVisible(true);
  }

  /** The window's content with room for the bar above it. */
  NotificationPane bar() {
    return bar;
  }

  @Override
  public void say(Tone tone, String text) {
    if (owner.isShowing()) {
      Notifications.create()
          .owner(owner)
          .text(text)
          .graphic(icon(tone))
          .position(Pos.TOP_RIGHT)
          .hideAfter(tone == Tone.DONE ? SHORT : LONG)
          .styleClass("message", "message-" + tone.name().toLowerCase(Locale.ROOT))
          .show();
    }
    if (wanted.getAsBoolean() && !(owner.isShowing() && owner.isFocused())) {
      tellDesktop(text);
    }
  }

  private void tellDesktop(String text) {
    tasks
        .create(() -> {
          notices.tell(texts.get("app.name"), text);
          return true;
        })
        .onError(IOException.class, this::cannotTell)
        .start();
  }

  private void cannotTell(IOException e) {
    if (!failed) {
      failed = true; // once is enough: it will be the same the next time
      LOG.log(System.Logger.Level.INFO, "no notifications of the desktop: " + e.getMessage());
    }
  }

  /** Says something that waits for a person, with what can be done. */
  void ask(Tone tone, String text, Action... choices) {
    bar.getActions().setAll(choices);
    bar.show(text, icon(tone));
  }

  @Override
  public void confirm(String question, String consequence, String action, Runnable yes) {
    ButtonType agree = new ButtonType(action, ButtonBar.ButtonData.OK_DONE);
    ButtonType stay = new ButtonType(texts.get("cancel"), ButtonBar.ButtonData.CANCEL_CLOSE);
    Alert alert = new Alert(Alert.AlertType.CONFIRMATION, consequence, agree, stay);
    alert.initOwner(owner);
    alert.setTitle(texts.get("app.name"));
    alert.setHeaderText(question);
    alert.getDialogPane().getStylesheets().setAll(owner.getScene().getStylesheets());
    alert.getDialogPane().setPrefWidth(440);
    alert.getDialogPane().lookupButton(agree).getStyleClass().add("danger");
    alert
        .resultProperty()
        .subscribe(answer -> {
          if (answer == agree) {
            yes.run();
          }
        });
    alert.show();
  }

  private static FontIcon icon(Tone tone) {
    return new FontIcon(
        switch (tone) {
          case DONE -> Feather.CHECK_CIRCLE;
          case WARNING -> Feather.ALERT_TRIANGLE;
          case ERROR -> Feather.X_OCTAGON;
        });
  }
}
