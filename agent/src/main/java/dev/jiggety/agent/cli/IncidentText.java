package dev.jiggety.agent.cli;

import dev.jiggety.base.Durations;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Notice;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Incidents as lines for a terminal. */
final class IncidentText {
  private static final int MOST_IN_A_LINE = 5;

  private IncidentText() {}

  /** One line each, the oldest first. */
  static List<String> table(List<Incident> incidents, Instant now, Ansi ansi) {
    TextTable table = new TextTable("began", "lasted", "what", "of", "state", "id");
    for (Incident incident : incidents) {
      table.row(
          seconds(incident.began()),
          lasted(incident, now),
          incident.isOpen() ? ansi.red(incident.kind().label()) : incident.kind().label(),
          incident.subject(),
          state(incident),
          ansi.dim(incident.id()));
    }
    return table.lines();
  }

  /** One line of those that last, with what is done about each; nothing where none lasts. */
  static List<String> summary(List<Incident> open) {
    if (open.isEmpty()) {
      return List.of();
    }
    String each =
        open.stream()
            .map(it -> it.subject() + " " + it.kind().label() + " (" + state(it) + ")")
            .limit(MOST_IN_A_LINE)
            .collect(Collectors.joining(", "));
    String more =
        open.size() > MOST_IN_A_LINE ? " and " + (open.size() - MOST_IN_A_LINE) + " more" : "";
    return List.of("", "incidents: " + each + more + "; see: jiggety incidents --open");
  }

  /** All that stands in one, but for the evidence. */
  static List<String> all(Incident incident, Instant now, Ansi ansi) {
    List<String> lines = new ArrayList<>();
    lines.add(ansi.bold(incident.text()));
    lines.add("  id        " + incident.id());
    lines.add("  kind      " + incident.kind().label() + " of " + incident.subject());
    lines.add("  began     " + incident.began() + ", known since " + incident.detected());
    Instant ended = incident.ended();
    lines.add(
        ended == null
            ? "  lasts     for " + lasted(incident, now)
            : "  ended     " + ended + ", after " + lasted(incident, now));
    if (incident.suppressed() != null) {
      lines.add(
          "  withheld  "
              + incident.suppressed().reason().label()
              + ": "
              + incident.suppressed().text());
    }
    if (incident.acknowledged() != null) {
      lines.add(
          "  looked after by "
              + incident.acknowledged().by()
              + " since "
              + seconds(incident.acknowledged().at())
              + (incident.acknowledged().text().isEmpty()
                  ? ""
                  : ": " + incident.acknowledged().text()));
    }
    lines.add("  witnesses");
    for (Incident.Witness witness : incident.witnesses()) {
      Failure failure = witness.failure();
      lines.add(
          "    %s  %s  %s%s"
              .formatted(
                  witness.at(),
                  witness.node(),
                  ansi.verdict(witness.verdict()),
                  failure == null ? "" : "  " + failure.kind().label() + ": " + failure.text()));
    }
    lines.add("  trail");
    for (Incident.Entry entry : incident.trail()) {
      lines.add(
          ("    "
                  + seconds(entry.at())
                  + "  "
                  + entry.event()
                  + "  "
                  + entry.by()
                  + "  "
                  + entry.text())
              .stripTrailing());
    }
    return lines;
  }

  /** Who was told of an incident, and who was not and why, in the order of their times. */
  static List<String> told(List<Notice> notices, String incident) {
    List<String> lines = new ArrayList<>();
    lines.add(notices.isEmpty() ? "  told      nobody: no policy is about it" : "  told");
    for (Notice notice : notices) {
      String reasons =
          notice.items().stream()
              .filter(item -> item.incident().equals(incident))
              .map(item -> item.reason().label())
              .distinct()
              .collect(Collectors.joining(", "));
      boolean isWithheld = notice.state() == Notice.State.WITHHELD;
      boolean isSent = notice.state() == Notice.State.SENT;
      Instant at = notice.sent() == null ? notice.created() : notice.sent();
      lines.add(
          ("    "
                  + seconds(at)
                  + "  "
                  + (isSent ? "notified" : isWithheld ? "withheld" : notice.state().label())
                  + "  "
                  + notice.channel()
                  + " (policy "
                  + notice.policy()
                  + ", "
                  + reasons
                  + ")  "
                  + notice.text())
              .stripTrailing());
    }
    return lines;
  }

  private static String state(Incident incident) {
    if (!incident.isOpen()) {
      return incident.began().equals(incident.ended()) ? "never was" : "over";
    }
    if (incident.acknowledged() != null) {
      return "looked after by " + incident.acknowledged().by();
    }
    return incident.suppressed() != null ? incident.suppressed().reason().label() : "open";
  }

  private static String lasted(Incident incident, Instant now) {
    Instant until = incident.ended() == null ? now : incident.ended();
    Duration lasted = Duration.between(incident.began(), until).truncatedTo(ChronoUnit.SECONDS);
    return Durations.format(lasted.isNegative() ? Duration.ZERO : lasted);
  }

  static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
