package dev.jiggety.desktop.view.overview;

/**
 * How a tile is laid out.
 *
 * @param style class of its styles
 * @param leastWidth infinite where none stands beside another
 * @param scale how much larger than usual; it follows the size of the text
 */
record TileShape(String style, double leastWidth, double height, double gap, double scale) {
  /** Text of this many pixels has the scale 1. */
  static final double USUAL_TEXT = 13;

  static final TileShape TILE = new TileShape("tile", 232, 96, 8, 1);
  static final TileShape ROW = new TileShape("tile-row", Double.POSITIVE_INFINITY, 38, 2, 1);

  /** The same for text of a size. */
  TileShape forText(double pixels) {
    double factor = pixels / USUAL_TEXT;
    return new TileShape(
        style, leastWidth * factor, Math.round(height * factor), gap * factor, factor);
  }

  boolean isRow() {
    return Double.isInfinite(leastWidth);
  }
}
