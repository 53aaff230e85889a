package dev.jiggety.agent.bench.patch;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a node began to run something, as a farm prints it.
 *
 * @param atMillis wall clock, milliseconds since 1970
 * @param node who
 * @param release the number of what it runs
 * @param ride what brought it about; empty for how an installation begins
 * @param digest over all of it
 * @param bad whether a test is among it that ought never to be in force
 */
record Sighting(long atMillis, String node, long release, String ride, String digest, boolean bad) {
  private static final Pattern LINE =
      Pattern.compile("seen (\\d+) (\\S+) runs (\\d+) (\\S+) (\\S+) (good|bad)");
  private static final String NONE = "-";

  /** As a line, without its end. */
  String line() {
    return String.format(
        Locale.ROOT,
        "seen %d %s runs %d %s %s %s",
        atMillis,
        node,
        release,
        ride.isEmpty() ? NONE : ride,
        digest.isEmpty() ? NONE : digest,
        bad ? "bad" : "good");
  }

  /** What a line says; empty for other lines, and for one that was cut off in the middle. */
  static Optional<Sighting> of(String line) {
    Matcher said = LINE.matcher(line);
    if (!said.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Sighting(
            Long.parseLong(said.group(1)),
            said.group(2),
            Long.parseLong(said.group(3)),
            said.group(4).equals(NONE) ? "" : said.group(4),
            said.group(5).equals(NONE) ? "" : said.group(5),
            said.group(6).equals("bad")));
  }
}
