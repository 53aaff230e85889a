package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.widget.VerdictLook;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Shows one tile, then another: few nodes that stay for ever, laid out by hand, so that thousands
 * of tests scroll without a stutter on a machine without a graphics card.
 */
final class TileCell extends Region {
  private static final Map<VerdictLook, PseudoClass> LOOKS = looks();
  private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
  private static final PseudoClass SLOWER = PseudoClass.getPseudoClass("slower");
  private static final double PAD = 10;
  private static final double ICON = 16;

  private final TileShape shape;
  private final TileWords words;
  private final FontIcon icon = new FontIcon();
  private final Label name = label("tile-name");
  private final Label word = label("tile-word");
  private final Label figure = label("tile-figure");
  private final Label change = label("tile-change");
  private final Label last = label("tile-last");
  private final Canvas canvas = new Canvas();
  private Inks inks;
  private @Nullable Tile tile;
  private @Nullable VerdictLook look;
  private int revision;

  TileCell(TileShape shape, TileWords words, Inks inks) {
    this.shape = shape;
    this.words = words;
    this.inks = inks;
    icon.getStyleClass().add("tile-icon");
    icon.setStyle("-fx-icon-size: " + Math.round(ICON * shape.scale()) + ";");
    getStyleClass().add(shape.style());
    setAccessibleRole(AccessibleRole.LIST_ITEM);
    getChildren().addAll(icon, name, word, figure, change, canvas);
    if (shape.isRow()) {
      getChildren().add(last);
    }
    Tooltip tip = new Tooltip();
    tip.setShowDelay(Duration.millis(600));
    tip.setOnShowing(event -> tip.setText(text()));
    Tooltip.install(this, tip);
    setManaged(false);
  }

  private static Label label(String style) {
    Label label = new Label();
    label.getStyleClass().add(style);
    label.setEllipsisString("…");
    return label;
  }

  /** What it shows; null before the first. */
  @Nullable Tile tile() {
    return tile;
  }

  /** Shows a tile, if it is another one or has changed. */
  void show(Tile wanted, boolean selected) {
    pseudoClassStateChanged(SELECTED, selected);
    if (isSame(wanted, tile) && wanted.revision() == revision) {
      return;
    }
    tile = wanted;
    revision = wanted.revision();
    dress(wanted.look());
    name.setText(wanted.picture().test().name());
    word.setText(words.verdict(wanted));
    figure.setText(words.figure(wanted));
    change.setText(words.change(wanted));
    pseudoClassStateChanged(SLOWER, TileWords.isSlower(wanted));
    if (shape.isRow()) {
      last.setText(words.last(wanted));
    }
    paint();
  }

  /** The theme has changed. */
  void inks(Inks others) {
    inks = others;
    paint();
  }

  private void dress(VerdictLook now) {
    if (now == look) {
      return;
    }
    look = now;
    icon.setIconCode(now.icon().getIconCode());
    LOOKS.forEach((its, pseudo) -> pseudoClassStateChanged(pseudo, its == now));
  }

  private String text() {
    return tile == null ? "" : words.whole(tile);
  }

  @Override
  public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
    return attribute == AccessibleAttribute.TEXT
        ? text()
        : super.queryAccessibleAttribute(attribute, parameters);
  }

  @Override
  protected void layoutChildren() {
    if (shape.isRow()) {
      layoutRow();
    } else {
      layoutTile();
    }
    paint();
  }

  private void layoutTile() {
    double pad = PAD * shape.scale();
    double sign = ICON * shape.scale();
    double width = getWidth();
    double line = 22 * shape.scale();
    double top = pad - 2;
    place(icon, pad, top + (line - sign) / 2, sign, sign);
    place(name, pad + sign + pad * 0.6, top, width - sign - pad * 2.6, line);
    double second = top + line + 3 * shape.scale();
    double right = Math.min(word.prefWidth(-1), width / 2);
    place(word, width - pad - right, second, right, line);
    double wide = Math.min(figure.prefWidth(-1), width / 2);
    place(figure, pad, second, wide, line);
    double rest = width - pad * 2 - right - wide - pad * 1.4;
    place(change, pad + wide + pad * 0.7, second, Math.max(0, rest), line);
    double third = second + line + 5 * shape.scale();
    canvas.setWidth(Math.max(0, width - pad * 2));
    canvas.setHeight(Math.max(0, getHeight() - third - pad));
    canvas.relocate(pad, third);
  }

  private void layoutRow() {
    double scale = shape.scale();
    double width = getWidth();
    double height = getHeight();
    double pad = PAD * scale;
    double sign = ICON * scale;
    double column = 84 * scale;
    double first = pad * 2 + sign + column;
    double pictures = Math.clamp(width * 0.34, 160 * scale, 460 * scale);
    double from = width - pad - column * 3 - pictures - pad * 2;
    place(icon, pad, (height - sign) / 2, sign, sign);
    place(word, pad * 1.6 + sign, 0, column, height);
    place(name, first + pad, 0, Math.max(40 * scale, from - first - pad * 2), height);
    canvas.setWidth(pictures);
    canvas.setHeight(Math.max(0, height - 12));
    canvas.relocate(from, 6);
    double at = from + pictures + pad * 2;
    place(figure, at, 0, column - 4, height);
    place(change, at + column, 0, column - 4, height);
    place(last, at + column * 2, 0, column, height);
  }

  private static void place(Node node, double x, double y, double width, double height) {
    node.resizeRelocate(Math.rint(x), Math.rint(y), Math.ceil(width), Math.ceil(height));
  }

  private void paint() {
    GraphicsContext g = canvas.getGraphicsContext2D();
    double width = canvas.getWidth();
    double height = canvas.getHeight();
    g.clearRect(0, 0, width, height);
    if (tile == null || width <= 0 || height <= 0) {
      return;
    }
    TilePainter painter = new TilePainter(g, inks);
    double strip = Math.floor(width * 0.36);
    painter.strip(tile.picture(), 0, 0, strip, height);
    double left = strip + PAD * shape.scale();
    painter.day(tile.day(), left, 0, width - left, height);
  }

  private static Map<VerdictLook, PseudoClass> looks() {
    Map<VerdictLook, PseudoClass> looks = new EnumMap<>(VerdictLook.class);
    for (VerdictLook look : List.of(VerdictLook.values())) {
      looks.put(look, PseudoClass.getPseudoClass(look.name().toLowerCase(Locale.ROOT)));
    }
    return looks;
  }

  @SuppressWarnings("ReferenceEquality") // a tile stays the same object
  private static boolean isSame(Tile one, @Nullable Tile other) {
    return one == other;
  }
}
