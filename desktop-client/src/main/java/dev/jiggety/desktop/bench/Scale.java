package dev.jiggety.desktop.bench;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * How much is measured.
 *
 * @param tests on the hub
 * @param nodes on which each of them runs
 * @param days how long the first test has run
 * @param points in the chart of raw points
 * @param updates from the hub a second
 * @param watched for how long updates are followed
 * @param starts how many cold starts of each sort
 */
record Scale(
    int tests, int nodes, int days, int points, int updates, Duration watched, int starts) {
  static final String USAGE =
      """
      Usage: jiggety bench desktop [--json] [--tests N] [--nodes N] [--days N] [--points N]
                                   [--updates N] [--seconds N] [--starts N]

      Measures how fast the desktop starts, draws and follows a hub. Ends with 1 when a goal is
      not met. Needs a display, or none: then it is measured without a window.

        --json       print the one line alone; it is the last in any case
        --tests N    tests on the hub (default: 5000)
        --nodes N    nodes on which each of them runs (default: 10)
        --days N     how long the charted test has run (default: 365)
        --points N   raw points in a chart (default: 1000000)
        --updates N  updates from the hub a second (default: 500)
        --seconds N  for how long they are followed (default: 20)
        --starts N   cold starts of each sort, of which the median counts (default: 5)

      Example:
        jiggety bench desktop --json
      """;

  static final Scale USUAL = new Scale(5000, 10, 365, 1_000_000, 500, Duration.ofSeconds(20), 5);

  /**
   * Reads it from a command line.
   *
   * @throws IllegalArgumentException with one line for people
   */
  static Scale parse(List<String> words) {
    Scale scale = USUAL;
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      scale = scale.with(word, rest);
    }
    return scale;
  }

  private Scale with(String option, Iterator<String> rest) {
    return switch (option) {
      case "--tests" ->
          new Scale(number(option, rest), nodes, days, points, updates, watched, starts);
      case "--nodes" ->
          new Scale(tests, number(option, rest), days, points, updates, watched, starts);
      case "--days" ->
          new Scale(tests, nodes, number(option, rest), points, updates, watched, starts);
      case "--points" ->
          new Scale(tests, nodes, days, number(option, rest), updates, watched, starts);
      case "--updates" ->
          new Scale(tests, nodes, days, points, number(option, rest), watched, starts);
      case "--seconds" ->
          new Scale(
              tests,
              nodes,
              days,
              points,
              updates,
              Duration.ofSeconds(number(option, rest)),
              starts);
      case "--starts" ->
          new Scale(tests, nodes, days, points, updates, watched, number(option, rest));
      default ->
          throw new IllegalArgumentException(
              "\"" + option + "\" is not an option; try jiggety bench desktop --help");
    };
  }

  private static int number(String option, Iterator<String> rest) {
    try {
      int number = rest.hasNext() ? Integer.parseInt(rest.next()) : 0;
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(option + " needs a number above 0");
  }
}
