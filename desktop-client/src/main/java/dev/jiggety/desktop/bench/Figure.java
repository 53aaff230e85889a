package dev.jiggety.desktop.bench;

/** Something that is measured in a window. */
@FunctionalInterface
interface Figure {
  /** Measures on the calling thread, which is not the FX thread, and tells what came of it. */
  void measure(Room room, Told told) throws Exception;

  /** Who hears of figures, and can have the hub send news. */
  interface Told {
    /** A figure, by the name that goals have. */
    void figure(String name, double value, String unit);

    /** Has the hub send news; returns at once. */
    void pour(int perSecond, int seconds);

    /** Waits for the end of what was asked for; how many came a second. */
    double poured() throws Exception;
  }
}
