package dev.jiggety.desktop.chart;

/**
 * What is under the mouse.
 *
 * @param what a sample, a step or a slice
 * @param color which colour its line has
 * @param shift how much later than it was it is drawn, in milliseconds
 * @param x its place in the charts' own coordinates
 * @param y its place in the charts' own coordinates
 */
public record Hover(What what, int color, long shift, double x, double y) {

  /** The kinds of things that can be pointed at. */
  public sealed interface What {
    /** The name of the line or the subject. */
    String name();
  }

  /** A single sample. */
  public record OfSample(Samples line, int index) implements What {
    @Override
    public String name() {
      return line.name();
    }
  }

  /** A step of a line of sums. */
  public record OfStep(Steps line, int index) implements What {
    @Override
    public String name() {
      return line.name();
    }
  }

  /** A slice of a subject, all lines together. */
  public record OfSlice(String name, Slices slices, int slice) implements What {}
}
