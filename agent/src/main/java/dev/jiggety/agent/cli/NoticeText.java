package dev.jiggety.agent.cli;

import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.Item;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notices in words. */
final class NoticeText {
  private static final int MOST_ITEMS = 50;

  private NoticeText() {}

  /** A line each. */
  static List<String> table(List<Notice> notices) {
    TextTable table = new TextTable("WHEN", "CHANNEL", "REASON", "STATE", "ABOUT", "ID", "TEXT");
    for (Notice notice : notices) {
      table.row(
          time(when(notice)),
          notice.channel(),
          notice.reason().label(),
          notice.state().label(),
          about(notice),
          notice.id(),
          text(notice));
    }
    return table.lines();
  }

  /** An id as it was given: people leave the type away. */
  static String id(String given) {
    return given.startsWith("notice:") ? given : "notice:" + given;
  }

  /** When it was told; else when that was decided, or will be tried. */
  private static Instant when(Notice notice) {
    if (notice.sent() != null) {
      return notice.sent();
    }
    return notice.state() == Notice.State.WITHHELD ? notice.created() : notice.due();
  }

  /** The test or node, where it is about one alone. */
  private static String about(Notice notice) {
    List<String> incidents = notice.items().stream().map(Item::incident).distinct().toList();
    return switch (incidents.size()) {
      case 0 -> "-";
      case 1 -> incidents.getFirst().replaceFirst("^[^:]*:[^:]*:", "");
      default -> incidents.size() + " incidents";
    };
  }

  private static String text(Notice notice) {
    return notice.remark().isEmpty()
        ? notice.text()
        : notice.text().isEmpty() ? notice.remark() : notice.text() + " (" + notice.remark() + ")";
  }

  /** All of one. */
  static List<String> lines(Notice notice) {
    List<String> lines = new ArrayList<>();
    lines.add(notice.id());
    add(lines, "policy", notice.policy());
    add(lines, "channel", notice.channel());
    add(lines, "reason", notice.reason().label());
    add(lines, "state", notice.state().label());
    add(lines, "due", time(notice.due()));
    add(lines, "made", time(notice.created()));
    add(lines, "sent", timeOrEmpty(notice.sent()));
    add(lines, "next try", timeOrEmpty(notice.next()));
    add(lines, "attempts", Integer.toString(notice.attempts()));
    add(lines, "text", notice.text());
    add(lines, "remark", notice.remark());
    notice.items().stream()
        .limit(MOST_ITEMS)
        .forEach(item -> {
          String number = item.number() == 0 ? "" : " " + item.number();
          add(
              lines,
              item.reason().label() + number,
              item.incident() + " (" + item.kind().label() + ", step " + (item.step() + 1) + ")");
        });
    if (notice.items().size() > MOST_ITEMS) {
      lines.add("  and " + (notice.items().size() - MOST_ITEMS) + " more");
    }
    return lines;
  }

  private static void add(List<String> lines, String name, String value) {
    if (!value.isEmpty()) {
      lines.add("  " + name + ": " + value);
    }
  }

  private static String timeOrEmpty(@Nullable Instant time) {
    return time == null ? "" : time(time);
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
