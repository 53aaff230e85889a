package dev.jiggety.agent.bench.patch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Something that goes wrong.
 *
 * @param kind how
 * @param place which part, or which line
 * @param after how long after the beginning of its round
 * @param lasts until it is mended
 */
record Fault(Kind kind, String place, Duration after, Duration lasts) {

  /** What goes wrong. */
  enum Kind {
    /** The process is gone, and started again later. */
    KILL,
    /** The process stands still, and goes on later. */
    FREEZE,
    /** Connections break, and new ones too. */
    CUT,
    /** Nothing comes through, and nobody says so. */
    SILENCE
  }

  /**
   * Any fault of any part, all of them as likely.
   *
   * @param parts which processes there are
   * @param lines which lines there are
   */
  static Fault next(RandomGenerator random, List<String> parts, List<String> lines) {
    int which = random.nextInt(2 * (parts.size() + lines.size()));
    boolean isOfPart = which < 2 * parts.size();
    String place = isOfPart ? parts.get(which / 2) : lines.get((which - 2 * parts.size()) / 2);
    Kind kind =
        isOfPart
            ? (which % 2 == 0 ? Kind.KILL : Kind.FREEZE)
            : (which % 2 == 0 ? Kind.CUT : Kind.SILENCE);
    return new Fault(kind, place, upTo(random, 1_500), upTo(random, 4_000));
  }

  /** Most of them short, so that they end in the middle of something. */
  private static Duration upTo(RandomGenerator random, int millis) {
    double share = random.nextDouble();
    return Duration.ofMillis(Math.round(50 + share * share * millis));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s for %d ms",
        kind.name().toLowerCase(Locale.ROOT),
        place,
        lasts.toMillis());
  }
}
