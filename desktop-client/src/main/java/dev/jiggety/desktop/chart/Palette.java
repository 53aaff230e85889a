package dev.jiggety.desktop.chart;

import java.util.List;
import javafx.scene.paint.Color;

/**
 * The colours of a chart on a light or dark ground. Lines keep at least 3:1 of contrast to the
 * ground (WCAG 2.2, 1.4.11) and differ in lightness too, not in hue alone.
 *
 * @param lines one after the other for the lines of a chart, again from the start when they run out
 */
public record Palette(
    Color ground, Color grid, Color text, Color failure, Color cross, List<Color> lines) {
  /** On white. */
  public static final Palette LIGHT =
      new Palette(
          Color.web("#ffffff"),
          Color.web("#e4e8ec"),
          Color.web("#57606a"),
          Color.web("#cf222e"),
          Color.web("#8c959f"),
          colors("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989", "#5e6a00", "#116b7a"));

  /** On near black. */
  public static final Palette DARK =
      new Palette(
          Color.web("#0d1117"),
          Color.web("#232a33"),
          Color.web("#9aa4af"),
          Color.web("#ff6a61"),
          Color.web("#6e7681"),
          colors("#58a6ff", "#f0a050", "#3fb950", "#bc8cff", "#f778ba", "#d2c057", "#56d4dd"));

  public Palette {
    lines = List.copyOf(lines);
  }

  /** The colour of a line. */
  public Color line(int index) {
    return lines.get(index % lines.size());
  }

  private static List<Color> colors(String... hex) {
    return java.util.Arrays.stream(hex).map(Color::web).toList();
  }
}
