package dev.jiggety.desktop.chart;

import dev.jiggety.model.Phase;
import dev.jiggety.model.Verdict;
import java.util.Arrays;
import java.util.List;
import javafx.scene.paint.Color;

/**
 * The colours of a chart on a light or dark ground. Lines keep at least 3:1 of contrast to the
 * ground (WCAG 2.2, 1.4.11) and differ in lightness too, not in hue alone.
 *
 * @param lines one after the other for the lines of a chart, again from the start when they run out
 * @param phases by the order of {@link Phase}
 * @param verdicts by the order of {@link Verdict}
 * @param heat the colour of the fullest cell of a heatmap; emptier ones are nearer to the ground
 */
public record Palette(
    Color ground,
    Color grid,
    Color text,
    Color failure,
    Color cross,
    Color heat,
    List<Color> lines,
    List<Color> phases,
    List<Color> verdicts) {
  /** On white. */
  public static final Palette LIGHT =
      new Palette(
          Color.web("#ffffff"),
          Color.web("#e4e8ec"),
          Color.web("#57606a"),
          Color.web("#cf222e"),
          Color.web("#8c959f"),
          Color.web("#0a3069"),
          colors("#0969da", "#bc4c00", "#1a7f37", "#8250df", "#bf3989", "#5e6a00", "#116b7a"),
          phaseColors(),
          colors("#2da44e", "#bf8700", "#cf222e", "#8c959f"));

  /** On near black. */
  public static final Palette DARK =
      new Palette(
          Color.web("#0d1117"),
          Color.web("#232a33"),
          Color.web("#9aa4af"),
          Color.web("#ff6a61"),
          Color.web("#6e7681"),
          Color.web("#a5d6ff"),
          colors("#58a6ff", "#f0a050", "#3fb950", "#bc8cff", "#f778ba", "#d2c057", "#56d4dd"),
          phaseColors(),
          colors("#2ea043", "#d29922", "#ff6a61", "#6e7681"));

  public Palette {
    lines = List.copyOf(lines);
    phases = List.copyOf(phases);
    verdicts = List.copyOf(verdicts);
  }

  /** The colour of a line. */
  public Color line(int index) {
    return lines.get(index % lines.size());
  }

  /** The colour of a phase. */
  @SuppressWarnings("EnumOrdinal") // an index into a table of this very enum
  public Color phase(Phase phase) {
    return phases.get(phase.ordinal());
  }

  /** The colour of a verdict. */
  @SuppressWarnings("EnumOrdinal") // an index into a table of this very enum
  public Color verdict(Verdict verdict) {
    return verdicts.get(verdict.ordinal());
  }

  /** The colour of an annotation. */
  public Color of(Annotation.Kind kind) {
    return switch (kind) {
      case INCIDENT -> failure;
      case ROLLOUT -> line(3);
      case MAINTENANCE -> cross;
    };
  }

  /** Those of the style sheet, on both grounds. */
  private static List<Color> phaseColors() {
    return colors("#8c959f", "#1b9e9e", "#d9822b", "#9b6bdf", "#5aa02c", "#3d8bfd", "#d15b9c");
  }

  private static List<Color> colors(String... hex) {
    return Arrays.stream(hex).map(Color::web).toList();
  }
}
