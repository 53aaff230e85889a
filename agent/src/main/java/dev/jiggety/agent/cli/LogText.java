package dev.jiggety.agent.cli;

import dev.jiggety.model.LogExcerpt;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The last log lines of a part, as people read them in a terminal. */
final class LogText {
  private final Ansi ansi;
  private final DateTimeFormatter time;

  LogText(Ansi ansi) {
    this(ansi, ZoneId.systemDefault());
  }

  LogText(Ansi ansi, ZoneId zone) {
    this.ansi = ansi;
    this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  List<String> lines(LogExcerpt log, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(
        ansi.dim(
            "%s, running since %s, told %s"
                .formatted(
                    log.writer(), time.format(log.startedAt()), Times.ago(log.writtenAt(), now))));
    for (LogExcerpt.Line line : log.lines()) {
      String text = "%s  %-7s  %s".formatted(time.format(line.at()), word(line), line.text());
      lines.add(line.level() == LogExcerpt.Level.ERROR ? ansi.red(text) : text);
    }
    return lines;
  }

  private static String word(LogExcerpt.Line line) {
    return line.level().name().toLowerCase(Locale.ROOT);
  }
}
