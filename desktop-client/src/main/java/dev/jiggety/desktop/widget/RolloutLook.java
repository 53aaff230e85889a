package dev.jiggety.desktop.widget;

import dev.jiggety.model.RolloutState;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** How a rollout looks at a glance: a shape and a colour; the word stands beside it. */
public enum RolloutLook {
  WAITING(Feather.CLOCK, "verdict-unknown"),
  RUNNING(Feather.REFRESH_CW, "rollout-running"),
  ATTENTION(Feather.PAUSE_CIRCLE, "verdict-degraded"),
  BACK(Feather.CORNER_UP_LEFT, "verdict-degraded"),
  DONE(Feather.CHECK_CIRCLE, "verdict-up"),
  BAD(Feather.X_OCTAGON, "verdict-down"),
  NOTHING(Feather.MINUS_CIRCLE, "verdict-off");

  private final Feather icon;
  private final String styleClass;

  RolloutLook(Feather icon, String styleClass) {
    this.icon = icon;
    this.styleClass = styleClass;
  }

  /** The look of a state. */
  public static RolloutLook of(RolloutState state) {
    return switch (state) {
      case SUBMITTED, QUEUED -> WAITING;
      case CHECKING, STAGING, VERIFYING, PROMOTING, BAKING -> RUNNING;
      case APPROVING, HELD, PAUSED -> ATTENTION;
      case ROLLING_BACK, ROLLED_BACK -> BACK;
      case COMPLETED -> DONE;
      case REJECTED, ROLLBACK_INCOMPLETE -> BAD;
      case CANCELLED, EXPIRED, JOINED -> NOTHING;
    };
  }

  /** The class that colours texts. */
  public String styleClass() {
    return styleClass;
  }

  /** The shape in its colour. */
  public FontIcon icon() {
    FontIcon shape = new FontIcon(icon);
    shape.getStyleClass().addAll("verdict-icon", styleClass);
    return shape;
  }
}
