package dev.jiggety.desktop.trial;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.session.Session;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * "Run now": where to run a test, a button, and what came of it. Whoever shows it says when it is
 * seen and when not any more; then what is under way is cancelled. FX thread only.
 */
public final class TrialPane extends StackPane {
  private final TrialViewModel model;
  private @Nullable Pin pin;

  /**
   * A pane for tests of a hub.
   *
   * @param subject gives what is to be tried, each time when somebody presses the button; never the
   *     same test as before just because it was that
   */
  public TrialPane(Desk desk, Session session, Supplier<TrialSubject> subject) {
    this(desk, session, Program.find(), subject);
  }

  /**
   * A pane that runs another program than the one that is installed.
   *
   * @param program what runs tests here; empty where there is none
   */
  public TrialPane(
      Desk desk, Session session, Optional<Program> program, Supplier<TrialSubject> subject) {
    this.model = new TrialViewModel(desk, session, program, subject, new SecureRandom());
    getChildren().add(new Fxml(desk.texts()).load(new TrialController(model, desk)));
  }

  /** It is about to be seen. */
  public void activate() {
    deactivate();
    pin = model.activate();
  }

  /** It is no longer seen: nobody is waited for any more. */
  public void deactivate() {
    if (pin != null) {
      pin.close();
      pin = null;
    }
  }

  /** Runs what there is to run, where it was run last; as the button does. */
  public void run() {
    model.run();
  }

  /** What is tried, without its looks. */
  public TrialViewModel model() {
    return model;
  }
}
