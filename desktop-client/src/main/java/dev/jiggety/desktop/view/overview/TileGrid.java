package dev.jiggety.desktop.view.overview;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/**
 * Tiles beside and below each other, of which only those that are seen exist. A cell stays where it
 * is while it is seen, and is laid out by itself alone: scrolling moves one pane and gives a new
 * tile to the few cells that come into sight. FX thread only.
 */
final class TileGrid extends Region {
  private static final StyleablePropertyFactory<TileGrid> STYLES =
      new StyleablePropertyFactory<>(Region.getClassCssMetaData());
  private static final double BAR = 12;

  private final StyleableProperty<Color> up = ink("inkUp", "-ink-up");
  private final StyleableProperty<Color> degraded = ink("inkDegraded", "-ink-degraded");
  private final StyleableProperty<Color> down = ink("inkDown", "-ink-down");
  private final StyleableProperty<Color> unknown = ink("inkUnknown", "-ink-unknown");
  private final StyleableProperty<Color> idle = ink("inkIdle", "-ink-idle");
  private final TileWords words;
  private final Pane content = new Pane();
  private final Pane viewport = new Pane(content);
  private final ScrollBar bar = new ScrollBar();
  private final Map<Integer, TileCell> cells = new HashMap<>();
  private final Deque<TileCell> spare = new ArrayDeque<>();
  private final Label probe = new Label();
  private TileShape base = TileShape.TILE;
  private TileShape shape = TileShape.TILE;
  private List<Tile> tiles = List.of();
  private int selected = -1;
  private boolean wholeOnly;
  private int columns = 1;
  private double tileWidth;
  private Consumer<@Nullable Tile> onSelect = tile -> {};
  private Consumer<List<Tile>> onSeen = seen -> {};

  TileGrid(TileWords words) {
    this.words = words;
    getStyleClass().add("tile-grid");
    setAccessibleRole(AccessibleRole.LIST_VIEW);
    setFocusTraversable(true);
    content.setManaged(false);
    Rectangle clip = new Rectangle();
    clip.widthProperty().bind(viewport.widthProperty());
    clip.heightProperty().bind(viewport.heightProperty());
    viewport.setClip(clip);
    bar.setOrientation(Orientation.VERTICAL);
    bar.valueProperty().addListener((property, before, now) -> scrolled());
    probe.setManaged(false);
    probe.setOpacity(0);
    probe.setMouseTransparent(true);
    probe.fontProperty().addListener((property, before, now) -> reshape());
    getChildren().addAll(probe, viewport, bar);
    addEventHandler(
        ScrollEvent.SCROLL,
        event -> {
          scrollTo(bar.getValue() - event.getDeltaY());
          event.consume();
        });
    new TileKeys(this).install();
  }

  private StyleableProperty<Color> ink(String name, String css) {
    StyleableProperty<Color> made =
        STYLES.createStyleableColorProperty(this, name, css, grid -> grid.named(name), Color.GRAY);
    ((ObservableValue<?>) made).addListener((property, before, now) -> inks());
    return made;
  }

  private StyleableProperty<Color> named(String name) {
    return switch (name) {
      case "inkUp" -> up;
      case "inkDegraded" -> degraded;
      case "inkDown" -> down;
      case "inkUnknown" -> unknown;
      default -> idle;
    };
  }

  @Override
  public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
    return STYLES.getCssMetaData();
  }

  private void inks() {
    Inks now = theInks();
    cells.values().forEach(cell -> cell.inks(now));
    spare.forEach(cell -> cell.inks(now));
  }

  private Inks theInks() {
    return new Inks(
        up.getValue(), degraded.getValue(), down.getValue(), unknown.getValue(), idle.getValue());
  }

  /** How tiles are laid out. */
  void shape(TileShape wanted) {
    base = wanted;
    reshape();
  }

  /** Tiles grow with the text. */
  private void reshape() {
    TileShape wanted = base.forText(probe.getFont().getSize());
    if (!wanted.equals(shape)) {
      shape = wanted;
      content.getChildren().clear();
      cells.clear();
      spare.clear();
      requestLayout();
    }
  }

  /** Shows only what there is room for as a whole, and never scrolls. */
  void wholeOnly() {
    wholeOnly = true;
    setMouseTransparent(true);
    setFocusTraversable(false);
  }

  /** Which tiles there are; the selected one stays so. */
  void show(List<Tile> wanted) {
    Tile before = selected();
    tiles = wanted;
    selected = before == null ? -1 : wanted.indexOf(before);
    requestLayout();
  }

  /** Draws anew what has changed of what is seen. */
  void refresh() {
    cells.forEach((index, cell) -> {
      if (index < tiles.size()) {
        cell.show(tiles.get(index), index == selected);
      }
    });
  }

  /** Who is told of another selected tile. */
  void onSelect(Consumer<@Nullable Tile> listener) {
    onSelect = listener;
  }

  /** Who is told which tiles are seen. */
  void onSeen(Consumer<List<Tile>> listener) {
    onSeen = listener;
  }

  int size() {
    return tiles.size();
  }

  int columns() {
    return columns;
  }

  /** How many lines are seen as a whole, at least one. */
  int lines() {
    return Math.max(1, (int) ((viewport.getHeight() + shape.gap()) / pitch()));
  }

  /** The index of the selected tile; -1 for none. */
  int selectedIndex() {
    return selected;
  }

  @Nullable Tile selected() {
    return selected >= 0 && selected < tiles.size() ? tiles.get(selected) : null;
  }

  /** Selects a tile and brings it into sight; an index out of range becomes the next in it. */
  void select(int index) {
    if (tiles.isEmpty()) {
      return;
    }
    selected = Math.clamp(index, 0, tiles.size() - 1);
    int line = selected / columns;
    double top = line * pitch();
    double bottom = top + shape.height();
    if (top < bar.getValue()) {
      scrollTo(top);
    } else if (bottom > bar.getValue() + viewport.getHeight()) {
      scrollTo(bottom - viewport.getHeight());
    }
    refresh();
    onSelect.accept(tiles.get(selected));
    notifyAccessibleAttributeChanged(AccessibleAttribute.FOCUS_ITEM);
  }

  /** The index of the tile under a point of this grid; -1 for none. */
  int indexAt(double x, double y) {
    for (Map.Entry<Integer, TileCell> entry : cells.entrySet()) {
      if (entry.getValue().getBoundsInParent().contains(x, y + bar.getValue())) {
        return entry.getKey();
      }
    }
    return -1;
  }

  /** Scrolls so far that what lies so many pixels from the top is uppermost. */
  void scrollTo(double pixels) {
    bar.setValue(Math.clamp(pixels, 0, bar.getMax()));
  }

  /** How far it can be scrolled, in pixels. */
  double farthest() {
    return bar.getMax();
  }

  private double pitch() {
    return shape.height() + shape.gap();
  }

  @Override
  protected void layoutChildren() {
    double height = getHeight();
    double room = getWidth();
    int wanted = columns(room);
    boolean scrolls =
        !wholeOnly && Math.ceil((double) tiles.size() / wanted) * pitch() - shape.gap() > height;
    double width = Math.max(0, room - (scrolls ? BAR + 4 : 0));
    columns = columns(width);
    tileWidth = Math.floor((width - shape.gap() * (columns - 1)) / columns);
    viewport.resizeRelocate(0, 0, width, height);
    bar.resizeRelocate(room - BAR, 0, BAR, height);
    bar.setVisible(scrolls);
    double all = Math.ceil((double) tiles.size() / columns) * pitch() - shape.gap();
    bar.setMax(Math.max(0, all - height));
    bar.setVisibleAmount(all <= 0 ? 0 : bar.getMax() * Math.min(1, height / all));
    bar.setUnitIncrement(pitch());
    bar.setBlockIncrement(Math.max(pitch(), height - pitch()));
    if (bar.getValue() > bar.getMax()) {
      bar.setValue(bar.getMax());
    }
    scrolled();
  }

  private int columns(double width) {
    return shape.isRow()
        ? 1
        : Math.max(1, (int) ((width + shape.gap()) / (shape.leastWidth() + shape.gap())));
  }

  private void scrolled() {
    content.setLayoutY(-Math.rint(bar.getValue()));
    int above = (int) (bar.getValue() / pitch());
    int first = above * columns;
    int lines = (int) Math.ceil(viewport.getHeight() / pitch()) + 1;
    int end = Math.min(tiles.size(), first + (wholeOnly ? lines() : lines) * columns);
    cells
        .entrySet()
        .removeIf(entry -> {
          boolean unseen = entry.getKey() < first || entry.getKey() >= end;
          if (unseen) {
            spare.push(entry.getValue());
          }
          return unseen;
        });
    List<Tile> seen = new ArrayList<>(Math.max(0, end - first));
    for (int index = first; index < end; index++) {
      seen.add(tiles.get(index));
      TileCell cell = cells.get(index);
      if (cell == null) {
        cell = spare.isEmpty() ? cell() : spare.pop();
        cells.put(index, cell);
      }
      cell.setVisible(true);
      place(cell, index);
      cell.show(tiles.get(index), index == selected);
    }
    spare.forEach(cell -> cell.setVisible(false));
    onSeen.accept(seen);
  }

  private TileCell cell() {
    TileCell cell = new TileCell(shape, words, theInks());
    content.getChildren().add(cell);
    return cell;
  }

  private void place(TileCell cell, int index) {
    double x = (index % columns) * (tileWidth + shape.gap());
    int line = index / columns;
    cell.resizeRelocate(x, line * pitch(), tileWidth, shape.height());
  }

  @Override
  public @Nullable Object queryAccessibleAttribute(
      AccessibleAttribute attribute, Object... parameters) {
    return switch (attribute) {
      case ITEM_COUNT -> tiles.size();
      case ITEM_AT_INDEX -> cells.get((Integer) parameters[0]);
      case FOCUS_ITEM -> cells.get(selected);
      default -> super.queryAccessibleAttribute(attribute, parameters);
    };
  }
}
