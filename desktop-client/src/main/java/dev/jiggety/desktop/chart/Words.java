package dev.jiggety.desktop.chart;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/**
 * What stands written in charts.
 *
 * @param panes the name of each chart
 * @param zone in which times are told
 * @param locale in which numbers and dates are written
 */
public record Words(Map<ChartInput.Pane, String> panes, ZoneId zone, Locale locale) {
  public Words {
    panes = Map.copyOf(panes);
  }

  String of(ChartInput.Pane pane) {
    return panes.getOrDefault(pane, "");
  }
}
