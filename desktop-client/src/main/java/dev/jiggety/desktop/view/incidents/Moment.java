package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.session.IncidentDesk.Waiting;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A line of what happened to an incident: decided by a manager, said by a person, told or withheld.
 *
 * @param at when
 * @param event {@code opened}, {@code corrected}, {@code comment}, {@code told}, {@code withheld} …
 * @param by who did it; empty for nobody
 * @param text what and why; may be empty
 * @param waiting what is not on the hub yet; null for what is
 * @param taken whether a manager has written it into the incident
 */
public record Moment(
    Instant at, String event, String by, String text, @Nullable Waiting waiting, boolean taken) {
  private static final Set<String> OF_NOTICES = Set.of("notified", "withheld");

  /** All of it, oldest first. */
  static List<Moment> of(
      Incident incident,
      Collection<IncidentAct> acts,
      Collection<Waiting> waiting,
      Collection<Notice> notices) {
    List<Moment> moments = new ArrayList<>();
    Set<String> written = new HashSet<>();
    for (Incident.Entry entry : incident.trail()) {
      if (!notices.isEmpty() && OF_NOTICES.contains(entry.event())) {
        continue; // the notices say the same, and more
      }
      written.add(entry.event() + entry.at() + entry.by() + entry.text());
      moments.add(
          new Moment(entry.at(), entry.event(), person(entry.by()), entry.text(), null, true));
    }
    Set<String> sent = new HashSet<>();
    for (IncidentAct act : acts) {
      sent.add(act.id());
      String line = event(act.act()) + act.at() + "operator:" + act.by() + act.text();
      if (!written.contains(line)) {
        moments.add(new Moment(act.at(), event(act.act()), act.by(), act.text(), null, false));
      }
    }
    for (Waiting one : waiting) {
      if (!sent.contains(one.act().id())) {
        IncidentAct act = one.act();
        moments.add(new Moment(act.at(), event(act.act()), act.by(), act.text(), one, false));
      }
    }
    notices.forEach(notice -> moments.add(of(notice, incident.id())));
    moments.sort(Comparator.comparing(Moment::at)); // stable
    return List.copyOf(moments);
  }

  private static Moment of(Notice notice, String incident) {
    Instant at = notice.sent() == null ? notice.created() : notice.sent();
    String reasons =
        notice.items().stream()
            .filter(item -> item.incident().equals(incident))
            .map(item -> item.reason().label())
            .distinct()
            .collect(Collectors.joining(", "));
    String event =
        switch (notice.state()) {
          case SENT -> "told";
          case WITHHELD -> "withheld";
          case FAILED -> "not-told";
          case QUEUED, SENDING -> "to-tell";
        };
    String text = notice.text().isEmpty() ? reasons : reasons + ": " + notice.text();
    String remark = notice.remark().isEmpty() ? "" : " (" + notice.remark() + ")";
    return new Moment(at, event, notice.channel(), text + remark, null, true);
  }

  static String event(IncidentAct.Act act) {
    return switch (act) {
      case ACKNOWLEDGE -> "acknowledged";
      case UNACKNOWLEDGE -> "unacknowledged";
      case COMMENT -> "comment";
      case MUTE -> "muted";
    };
  }

  private static String person(String by) {
    return by.startsWith("operator:") ? by.substring("operator:".length()) : by;
  }
}
