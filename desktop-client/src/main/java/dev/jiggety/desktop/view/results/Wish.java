package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.chart.Viewport;

/**
 * What is to be shown of a test.
 *
 * @param span of the test's own time
 * @param byNode whether sums are wanted for each node
 * @param phases whether sums are wanted for each phase too
 */
record Wish(Viewport span, Resolution resolution, boolean byNode, boolean phases) {

  /** What is kept apart from each other. */
  record Tier(Resolution resolution, boolean byNode, boolean phases) {
    /** Whether it serves where the other was asked for. */
    boolean serves(Tier other) {
      return resolution == Resolution.RAW
          || ((byNode || !other.byNode) && (phases || !other.phases));
    }
  }

  /** The tier that it asks for; single samples know nodes and phases in any case. */
  Tier tier() {
    return resolution == Resolution.RAW
        ? new Tier(resolution, true, true)
        : new Tier(resolution, byNode, phases);
  }
}
