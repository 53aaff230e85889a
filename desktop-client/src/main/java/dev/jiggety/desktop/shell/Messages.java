package dev.jiggety.desktop.shell;

import atlantafx.base.controls.Notification;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Dialogs;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Messages in a corner of the window, which go away by themselves, and questions in a window of
 * their own. Nothing here waits for a person.
 */
final class Messages extends VBox implements Dialogs {
  private static final int MOST = 4;
  private static final Duration SHORT = Duration.seconds(4);
  private static final Duration LONG = Duration.seconds(12);

  private final Stage owner;
  private final Texts texts;

  Messages(Stage owner, Texts texts) {
    super(10);
    this.owner = owner;
    this.texts = texts;
    getStyleClass().add("messages");
    setAlignment(Pos.TOP_RIGHT);
    setPickOnBounds(false);
  }

  @Override
  public void say(Tone tone, String text) {
    Notification message = new Notification(text, icon(tone));
    message.getStyleClass().add("message-" + tone.name().toLowerCase(texts.locale()));
    message.setAccessibleText(text);
    message.setPrefWidth(380);
    message.setMaxWidth(380);
    message.setMinHeight(Region.USE_PREF_SIZE);
    message.setOnClose(event -> getChildren().remove(message));
    getChildren().add(message);
    if (getChildren().size() > MOST) {
      getChildren().removeFirst();
    }
    PauseTransition end = new PauseTransition(tone == Tone.DONE ? SHORT : LONG);
    end.setOnFinished(event -> getChildren().remove(message));
    end.play();
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
