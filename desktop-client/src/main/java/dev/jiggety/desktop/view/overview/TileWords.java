package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.feed.NodeVerdict;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.VerdictLook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What tiles say. */
final class TileWords {
  /** Nodes that are named in a tip, at most. */
  private static final int MOST_NODES = 12;

  /** Differences below this share are noise. */
  private static final double SAME = 0.05;

  /** So much slower than a week ago is worth a look. */
  private static final double SLOWER = 0.25;

  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final Map<VerdictLook, String> words = new EnumMap<>(VerdictLook.class);

  TileWords(Desk desk) {
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    for (VerdictLook look : VerdictLook.values()) {
      words.put(look, look.word(texts));
    }
  }

  String verdict(Tile tile) {
    return words.getOrDefault(tile.look(), "");
  }

  /** The p95 of now; empty where nothing is known. */
  String figure(Tile tile) {
    Duration p95 = tile.picture().p95();
    return p95 == null ? "" : ages.millis(p95);
  }

  /** Against last week; empty where it cannot be told. */
  String change(Tile tile) {
    Double slower = tile.slower();
    if (slower == null) {
      return "";
    }
    long percent = Math.round(Math.abs(slower) * 100);
    return Math.abs(slower) < SAME
        ? texts.get("overview.change.same")
        : texts.get(slower > 0 ? "overview.change.slower" : "overview.change.faster", percent);
  }

  /** Whether it is so much slower that it is worth a look. */
  static boolean isSlower(Tile tile) {
    Double slower = tile.slower();
    return slower != null && slower > SLOWER;
  }

  String last(Tile tile) {
    Instant at = tile.picture().lastAt();
    return at == null ? texts.get("nothing") : ages.time(at, desk.now());
  }

  /** All that a tile shows, in words, line by line. */
  String whole(Tile tile) {
    List<String> lines = new ArrayList<>();
    lines.add(texts.get("overview.tip.head", tile.picture().test().name(), verdict(tile)));
    Duration p95 = tile.picture().p95();
    Duration before = tile.lastWeek();
    if (p95 != null) {
      lines.add(
          before == null
              ? texts.get("overview.tip.p95", ages.millis(p95))
              : texts.get("overview.tip.week", ages.millis(p95), ages.millis(before)));
    }
    int[] day = tile.day();
    if (day != null) {
      lines.add(day(day));
    }
    List<NodeVerdict> nodes = tile.picture().nodes();
    nodes.stream().limit(MOST_NODES).map(this::node).forEach(lines::add);
    if (nodes.size() > MOST_NODES) {
      lines.add(texts.get("overview.tip.more", nodes.size() - MOST_NODES));
    }
    return String.join("\n", lines);
  }

  private String day(int[] day) {
    long[] sums = new long[DayBook.COLUMNS];
    for (int i = 0; i < day.length; i++) {
      sums[i % DayBook.COLUMNS] += day[i];
    }
    return texts.get(
        "overview.tip.day", sums[0] + sums[1] + sums[2] + sums[3], sums[1], sums[2], sums[3]);
  }

  private String node(NodeVerdict word) {
    String when = ages.time(word.last().startedAt(), desk.now());
    String verdict = words.getOrDefault(VerdictLook.of(word.verdict()), "");
    return word.last().failure() == null
        ? texts.get(
            "overview.tip.node", word.node(), verdict, ages.millis(word.last().total()), when)
        : texts.get(
            "overview.tip.failed", word.node(), verdict, when, word.last().failure().text());
  }
}
