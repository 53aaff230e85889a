package dev.jiggety.desktop.widget;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.model.Incident;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** How an incident looks at a glance: a shape, a colour and a word. */
public enum IncidentLook {
  DOWN(Feather.X_OCTAGON, "verdict-down"),
  DEGRADED(Feather.ALERT_TRIANGLE, "verdict-degraded"),
  FLAPPING(Feather.ACTIVITY, "verdict-degraded"),
  NO_DATA(Feather.HELP_CIRCLE, "verdict-unknown"),
  NODE(Feather.WIFI_OFF, "verdict-degraded"),
  CERTIFICATE(Feather.AWARD, "verdict-degraded"),
  /** It is over, whatever it was. */
  OVER(Feather.CHECK_CIRCLE, "verdict-up");

  private final Feather icon;
  private final String styleClass;

  IncidentLook(Feather icon, String styleClass) {
    this.icon = icon;
    this.styleClass = styleClass;
  }

  /** The look of a kind. */
  public static IncidentLook of(Incident.Kind kind) {
    return switch (kind) {
      case DOWN -> DOWN;
      case DEGRADED -> DEGRADED;
      case FLAPPING -> FLAPPING;
      case NO_DATA -> NO_DATA;
      case NODE -> NODE;
      case CERTIFICATE -> CERTIFICATE;
    };
  }

  /** The word of a kind. */
  public static String word(Incident.Kind kind, Texts texts) {
    return texts.get("incident.kind." + kind.name());
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
