package dev.jiggety.desktop.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * From values to heights: evenly from 0, or by powers of ten.
 *
 * @param log whether each power of ten is as high as the next
 * @param low the value at the bottom
 * @param top the value at the top
 * @param step from one line to the next, of an even scale
 */
record Scale(boolean log, double low, double top, double step) {

  /** An even scale that has room for a value. */
  static Scale even(double largest, int lines) {
    Ticks.ValueScale scale = Ticks.values(largest, Math.max(1, lines));
    return new Scale(false, 0, scale.top(), scale.step());
  }

  /** A scale by powers that has room for two positive values. */
  static Scale powers(double smallest, double largest) {
    double low = Math.max(0.05, Math.min(smallest, largest));
    double bottom = round(low * 0.95, false);
    return new Scale(true, bottom, Math.max(round(largest * 1.05, true), bottom * 2), 0);
  }

  /** To 1, 2 or 5 times a power of ten. */
  private static double round(double value, boolean up) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(value)));
    double best = magnitude;
    for (double factor : new double[] {1, 2, 5, 10}) {
      double here = factor * magnitude;
      if (up && here >= value) {
        return here;
      }
      if (!up && here <= value) {
        best = here;
      }
    }
    return best;
  }

  /** 0 at the bottom, 1 at the top; what lies beyond is on the edge. */
  double fraction(double value) {
    double at =
        log
            ? Math.log(Math.max(value, low) / low) / Math.log(top / low)
            : (value - low) / (top - low);
    return Math.clamp(at, 0, 1);
  }

  /** Where lines are drawn, from the bottom. */
  List<Double> ticks(int most) {
    List<Double> ticks = new ArrayList<>();
    if (!log) {
      int steps = (int) Math.round((top - low) / step);
      for (int i = 0; i <= steps; i++) {
        ticks.add(low + i * step);
      }
      return ticks;
    }
    for (double[] factors : new double[][] {{1, 2, 5}, {1, 5}, {1}}) {
      ticks.clear();
      for (double power = Math.pow(10, Math.floor(Math.log10(low))); power <= top; power *= 10) {
        for (double factor : factors) {
          if (power * factor >= low * 0.999 && power * factor <= top * 1.001) {
            ticks.add(power * factor);
          }
        }
      }
      if (ticks.size() <= most) {
        break;
      }
    }
    return ticks;
  }
}
