package dev.jiggety.agent.cli;

import dev.jiggety.model.Hop;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the phases of a sample, hop by hop, as bars on one time axis. */
final class Waterfall {
  private static final int WIDTH = 50;

  private Waterfall() {}

  /** The lines of a drawing; a bar's place and length are to scale. */
  static List<String> of(Sample sample, String url) {
    List<Hop> hops =
        sample.hops().isEmpty()
            ? List.of(new Hop(url, sample.status(), sample.phases()))
            : sample.hops();
    long total = Math.max(1, sample.total().toNanos());
    List<String> lines = new ArrayList<>();
    long offset = 0;
    for (Hop hop : hops) {
      lines.add("  " + hop.url() + (hop.status() == 0 ? "" : "  →  " + hop.status()));
      offset = draw(hop.phases(), offset, total, lines);
    }
    if (sample.remainder().toNanos() > total / 1000) {
      lines.add(row("(between)", sample.remainder(), ""));
    }
    lines.add(row("total", sample.total(), ""));
    return lines;
  }

  private static long draw(Phases phases, long offset, long total, List<String> lines) {
    long at = offset;
    for (Phase phase : Phase.values()) {
      long nanos = phases.nanos(phase);
      if (nanos != Phases.ABSENT) {
        int from = (int) (at * WIDTH / total);
        int length = (int) Math.max(1, nanos * WIDTH / total);
        String bar = " ".repeat(Math.min(from, WIDTH - 1)) + "█".repeat(length);
        lines.add(row(phase.label(), Duration.ofNanos(nanos), bar));
        at += nanos;
      }
    }
    return at;
  }

  private static String row(String name, Duration time, String bar) {
    return String.format(Locale.ROOT, "    %-10s%10s  %s", name, Times.millis(time), bar)
        .stripTrailing();
  }
}
