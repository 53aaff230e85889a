package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.Generation;
import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a part says, in plain words. */
final class PartWords {
  private static final int DIGITS = 12;

  private final Texts texts;
  private final Ages ages;

  /** A line of what a part reports. */
  record Line(String what, String value) {}

  PartWords(Desk desk) {
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
  }

  String state(Part part) {
    return texts.get(
        switch (part.severity()) {
          case 0 -> "nodes.stale";
          case 1 -> "nodes.bad";
          case 2 -> "nodes.attention";
          default -> "nodes.fresh";
        });
  }

  String kind(Part part) {
    return texts.get("nodes.kind." + part.kind().name());
  }

  String seen(Part part) {
    return ages.ago(part.heartbeatAt(), part.now());
  }

  String release(Part part) {
    return part.release() == 0 ? texts.get("nothing") : texts.get("number", part.release());
  }

  /** The clock's offset with its sign. */
  String clock(@Nullable Duration offset) {
    if (offset == null) {
      return texts.get("nothing");
    }
    String sign = offset.isZero() ? "" : offset.isNegative() ? "−" : "+";
    Duration size = offset.abs();
    return sign
        + (size.toSeconds() < 10 ? ages.millis(size) : texts.get("age.seconds", size.toSeconds()));
  }

  String disk(@Nullable Long free) {
    return free == null ? texts.get("nothing") : size(free);
  }

  /** {@code 512 MiB}, {@code 3.4 GiB}. */
  String size(long bytes) {
    double mebi = bytes / (double) (1 << 20);
    return mebi < 1024
        ? String.format(texts.locale(), "%.0f MiB", mebi)
        : String.format(texts.locale(), "%.1f GiB", mebi / 1024);
  }

  /** What is the matter. */
  String trouble(Trouble trouble) {
    Duration time = trouble.time();
    String length =
        time == null
            ? ""
            : trouble.kind() == Trouble.Kind.CLOCK
                ? clock(time)
                : trouble.kind() == Trouble.Kind.LATE
                    ? ages.millis(time)
                    : ages.length(Math.max(0, time.toSeconds()));
    Object number =
        trouble.kind() == Trouble.Kind.DISK ? size(trouble.number()) : (Object) trouble.number();
    return texts.get("nodes.trouble." + trouble.kind().name(), trouble.text(), length, number);
  }

  /** What to do about it. */
  String remedy(Trouble trouble, Part part) {
    return texts.get(
        "nodes.remedy." + trouble.kind().name(), part.name(), trouble.text(), kind(part));
  }

  /** All that it reports. */
  List<Line> lines(Part part) {
    List<Line> lines = new ArrayList<>();
    add(lines, "seen", seen(part));
    add(lines, "started", ages.ago(part.startedAt(), part.now()));
    add(lines, "version", part.version());
    NodeStatus node = part.node();
    if (node != null) {
      node(lines, node, part);
    }
    ManagerReport manager = part.manager();
    if (manager != null) {
      manager(lines, manager, part.now());
    }
    HubReport hub = part.hub();
    if (hub != null) {
      add(lines, "databases", texts.get("number", hub.databases()));
      add(lines, "bytes", size(hub.bytes()));
      add(lines, "feeds", texts.get("number", hub.feeds()));
    }
    add(lines, "disk", disk(part.diskFree()));
    Vitals vitals = part.vitals();
    if (vitals != null && vitals.memory() > 0) {
      add(lines, "memory", size(vitals.memory()));
    }
    return lines;
  }

  private void node(List<Line> lines, NodeStatus node, Part part) {
    if (!node.tags().isEmpty()) {
      add(lines, "tags", String.join(", ", node.tags()));
    }
    add(lines, "tests", texts.get("number", node.tests()));
    SlotReport slots = node.slots();
    if (slots != null) {
      add(lines, "running", generation(slots.running()));
      Generation standby = slots.standby();
      add(
          lines,
          "standby",
          standby == null
              ? texts.get("nothing")
              : texts.get(
                  "nodes.standby",
                  texts.get("nodes.stage." + slots.stage().name()),
                  generation(standby)));
    }
    Instant config = node.configAt();
    add(lines, "config", config == null ? texts.get("nodes.never") : ages.ago(config, part.now()));
    add(lines, "backlog", texts.get("number", node.backlog()));
    Instant oldest = node.oldestUnsent();
    add(lines, "oldest", oldest == null ? texts.get("nothing") : ages.ago(oldest, part.now()));
    Duration lateness = node.lateness();
    add(lines, "lateness", lateness == null ? texts.get("nothing") : ages.millis(lateness));
    add(lines, "clock", clock(node.clockOffset()));
    add(lines, "quarantined", texts.get("number", node.quarantined()));
    add(lines, "lost", texts.get("number", node.lost()));
  }

  private void manager(List<Line> lines, ManagerReport manager, Instant now) {
    add(
        lines,
        "stand",
        texts.get(
            "nodes.standSince",
            texts.get("nodes.stand." + manager.stand().name()),
            ages.ago(manager.since(), now)));
    if (!manager.reason().isEmpty()) {
      add(lines, "reason", manager.reason());
    }
    add(lines, "release", texts.get("number", manager.release()));
    add(lines, "waiting", texts.get("number", manager.waiting()));
    ManagerReport.UnderWay underWay = manager.underWay();
    if (underWay != null) {
      add(lines, "underWay", texts.get("rollout.state." + underWay.state().name()));
    }
    add(lines, "epoch", texts.get("number", manager.epoch()));
  }

  private String generation(Generation generation) {
    String digest = generation.digest().toLowerCase(Locale.ROOT);
    return texts.get(
        "nodes.generation",
        generation.release(),
        digest.substring(0, Math.min(DIGITS, digest.length())));
  }

  private void add(List<Line> lines, String key, String value) {
    lines.add(new Line(texts.get("nodes.line." + key), value));
  }
}
