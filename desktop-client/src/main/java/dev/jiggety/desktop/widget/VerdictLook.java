package dev.jiggety.desktop.widget;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.model.Verdict;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** How a verdict looks: a shape, a colour and a word, so that none of them has to do it alone. */
public enum VerdictLook {
  UP(Feather.CHECK_CIRCLE, "verdict-up"),
  DEGRADED(Feather.ALERT_TRIANGLE, "verdict-degraded"),
  DOWN(Feather.X_OCTAGON, "verdict-down"),
  UNKNOWN(Feather.HELP_CIRCLE, "verdict-unknown"),
  /** The test is switched off. */
  OFF(Feather.PAUSE_CIRCLE, "verdict-off");

  private final Feather icon;
  private final String styleClass;

  VerdictLook(Feather icon, String styleClass) {
    this.icon = icon;
    this.styleClass = styleClass;
  }

  /** The look of a verdict. */
  public static VerdictLook of(Verdict verdict) {
    return switch (verdict) {
      case UP -> UP;
      case DEGRADED -> DEGRADED;
      case DOWN -> DOWN;
      case UNKNOWN -> UNKNOWN;
    };
  }

  /** The word. */
  public String word(Texts texts) {
    return texts.get("verdict." + name());
  }

  /** The shape in its colour. */
  public FontIcon icon() {
    FontIcon shape = new FontIcon(icon);
    shape.getStyleClass().addAll("verdict-icon", styleClass);
    return shape;
  }

  /** Makes a label show this look with its word. */
  public void dress(Labeled label, Texts texts) {
    label.setText(word(texts));
    label.setGraphic(icon());
    label.getStyleClass().removeIf(name -> name.startsWith("verdict-"));
    label.getStyleClass().add(styleClass);
  }

  /** Makes a label a small shape whose word stands in its tooltip and for screen readers. */
  public void dressSmall(Label label, String text) {
    if (label.getUserData() != this) {
      label.setUserData(this);
      label.setGraphic(icon());
      label.getStyleClass().setAll("label", "verdict-small");
      label.setTooltip(new Tooltip());
    }
    label.setAccessibleText(text);
    label.getTooltip().setText(text);
  }
}
