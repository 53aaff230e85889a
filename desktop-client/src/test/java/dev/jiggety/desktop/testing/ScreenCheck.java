package dev.jiggety.desktop.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.image.Image;
import javafx.scene.image.PixelReader;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Looks at a screen as a person with normal eyes and one with weak ones would: no text may be cut
 * off, nothing may lie on its neighbour, and every text must stand out from what is really behind
 * it, as WCAG 2.2 wants (1.4.3, level AA). On the FX thread.
 */
public final class ScreenCheck {
  private static final double CONTRAST = 4.5;

  /** For large text (1.4.3) and for icons (1.4.11). */
  private static final double ENOUGH_FOR_LARGE = 3;

  private static final double LARGE = 24;
  private static final double LARGE_BOLD = 18.66;

  private final List<String> problems = new ArrayList<>();
  private final double width;
  private final double height;
  private final @Nullable Image picture;

  private ScreenCheck(Parent root, @Nullable Image picture) {
    this.width = root.getLayoutBounds().getWidth();
    this.height = root.getLayoutBounds().getHeight();
    this.picture = picture;
  }

  /**
   * What is wrong with a screen, one line each.
   *
   * @param root what fills the window
   * @param part what is looked at: all of it, or what lies above the rest
   * @param picture of the whole window at scale 1; without one contrast is not looked at
   */
  public static List<String> problems(Parent root, Node part, @Nullable Image picture) {
    ScreenCheck check = new ScreenCheck(root, picture);
    check.walk(part, 1, false);
    return check.problems;
  }

  private void walk(Node node, double opacity, boolean disabled) {
    if (!node.isVisible() || node.getOpacity() == 0) {
      return;
    }
    double seen = opacity * node.getOpacity();
    boolean off = disabled || node.isDisabled();
    if (node instanceof Text text && !text.getText().isBlank()) {
      look(text, seen, off);
    }
    if (node instanceof Parent parent) {
      neighbours(parent);
      parent.getChildrenUnmodifiable().forEach(child -> walk(child, seen, off));
    }
  }

  private void look(Text text, double opacity, boolean disabled) {
    if (text.getParent() instanceof Labeled labeled && isCut(text, labeled)) {
      problems.add("cut off: \"" + labeled.getText() + "\" shows \"" + text.getText() + "\"");
    }
    Bounds where = text.localToScene(text.getLayoutBounds());
    if (!isScrolled(text)
        && (where.getMinX() < -1
            || where.getMinY() < -1
            || where.getMaxX() > width + 1
            || where.getMaxY() > height + 1)) {
      problems.add("beyond the window: \"" + text.getText() + "\"");
    }
    if (picture != null && !disabled && text.getFill() instanceof Color color) {
      contrast(text, color.deriveColor(0, 1, 1, opacity), where);
    }
  }

  private static boolean isCut(Text text, Labeled labeled) {
    String whole = labeled.getText();
    return whole != null
        && (text.getText().endsWith("...") || text.getText().endsWith("…"))
        && !whole.equals(text.getText())
        && !whole.endsWith(text.getText())
        && !isToldByTooltip(labeled, whole);
  }

  private static boolean isToldByTooltip(Node node, String whole) {
    for (Node at = node; at != null; at = at.getParent()) {
      Tooltip tip = at instanceof Control control ? control.getTooltip() : null;
      if (tip == null
          && at.getProperties().get("javafx.scene.control.Tooltip") instanceof Tooltip t) {
        tip = t;
      }
      if (tip != null && tip.getText() != null && tip.getText().contains(whole)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it can be brought into view, or is typed text that moves with the cursor. */
  private static boolean isScrolled(Node node) {
    for (Node at = node; at != null; at = at.getParent()) {
      if (at instanceof ScrollPane || at instanceof VirtualFlow || at instanceof TextInputControl) {
        return true;
      }
    }
    return false;
  }

  private void neighbours(Parent parent) {
    if (!(parent instanceof HBox
        || parent instanceof VBox
        || parent instanceof GridPane
        || parent instanceof FlowPane
        || parent instanceof BorderPane)) {
      return;
    }
    List<Node> nodes =
        parent.getChildrenUnmodifiable().stream()
            .filter(node -> node.isVisible() && node.isManaged() && !node.isMouseTransparent())
            .toList();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        if (overlap(place(nodes.get(i)), place(nodes.get(j)))) {
          problems.add("one on the other: " + name(nodes.get(i)) + " and " + name(nodes.get(j)));
        }
      }
    }
  }

  private static Bounds place(Node node) {
    return node.localToParent(node.getLayoutBounds());
  }

  private static boolean overlap(Bounds one, Bounds other) {
    double across =
        Math.min(one.getMaxX(), other.getMaxX()) - Math.max(one.getMinX(), other.getMinX());
    double down =
        Math.min(one.getMaxY(), other.getMaxY()) - Math.max(one.getMinY(), other.getMinY());
    return across > 1 && down > 1;
  }

  private static String name(Node node) {
    String text = node instanceof Labeled labeled ? " \"" + labeled.getText() + "\"" : "";
    return node.getClass().getSimpleName() + node.getStyleClass() + text;
  }

  private void contrast(Text text, Color color, Bounds where) {
    Rectangle2D part = inPicture(where, text);
    if (part == null) {
      return;
    }
    Color behind = mostFrequent(part);
    Color blended =
        behind.interpolate(
            Color.color(color.getRed(), color.getGreen(), color.getBlue()), color.getOpacity());
    double size = text.getFont().getSize();
    boolean bold = text.getFont().getStyle().contains("Bold");
    boolean large = size >= LARGE || (bold && size >= LARGE_BOLD) || text instanceof FontIcon;
    double wanted = large ? ENOUGH_FOR_LARGE : CONTRAST;
    double found = contrast(blended, behind);
    if (found < wanted) {
      problems.add(
          "contrast %.2f of %s on %s: \"%s\" %s"
              .formatted(
                  found,
                  hex(blended),
                  hex(behind),
                  text.getText(),
                  text.getParent().getStyleClass()));
    }
  }

  /** The part of the picture that a text takes; null where it is out of sight. */
  private @Nullable Rectangle2D inPicture(Bounds where, Node node) {
    double left = Math.max(0, where.getMinX());
    double top = Math.max(0, where.getMinY());
    double right = Math.min(width, where.getMaxX());
    double bottom = Math.min(height, where.getMaxY());
    for (Node at = node.getParent(); at != null; at = at.getParent()) {
      if (at instanceof ScrollPane || at instanceof VirtualFlow) {
        Bounds window = at.localToScene(at.getLayoutBounds());
        left = Math.max(left, window.getMinX());
        top = Math.max(top, window.getMinY());
        right = Math.min(right, window.getMaxX());
        bottom = Math.min(bottom, window.getMaxY());
      }
    }
    return right - left < 3 || bottom - top < 6
        ? null
        : new Rectangle2D(left, top, right - left, bottom - top);
  }

  private Color mostFrequent(Rectangle2D part) {
    Image whole = picture;
    if (whole == null) {
      throw new IllegalStateException("contrast without a picture");
    }
    PixelReader pixels = whole.getPixelReader();
    Map<Integer, Integer> counts = new HashMap<>();
    int best = 0;
    for (int y = (int) part.getMinY(); y < Math.min(whole.getHeight(), part.getMaxY()); y++) {
      for (int x = (int) part.getMinX(); x < Math.min(whole.getWidth(), part.getMaxX()); x++) {
        int color = pixels.getArgb(x, y);
        int count = counts.merge(color, 1, Integer::sum);
        if (count > counts.getOrDefault(best, 0)) {
          best = color;
        }
      }
    }
    return Color.rgb(best >> 16 & 0xff, best >> 8 & 0xff, best & 0xff);
  }

  /** How much two colours differ, from 1 to 21 (WCAG 2.2, "contrast ratio"). */
  static double contrast(Color one, Color other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(double part) {
    return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
  }

  private static String hex(Color color) {
    return "#%06x".formatted(color.hashCode() >>> 8);
  }
}
