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
    TextTable table = new TextTable("DUE", "CHANNEL", "REASON", "STATE", "INCIDENTS", "TEXT");
    for (Notice notice : notices) {
      table.row(
          time(notice.due()),
          notice.channel(),
          notice.reason().label(),
          notice.state().label(),
          incidents(notice),
          text(notice));
    }
    return table.lines();
  }

  private static String incidents(Notice notice) {
    long count = notice.items().stream().map(Item::incident).distinct().count();
    return count == 1 ? notice.items().getFirst().incident() : Long.toString(count);
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
