package dev.jiggety.model.rules.notice;

import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.Item;
import dev.jiggety.model.Notice.Reason;
import dev.jiggety.model.Notice.State;
import dev.jiggety.model.Policy;
import dev.jiggety.model.rules.notice.NoticeRules.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes notices of items. Time is cut into pieces, counted from 1970, so that everybody cuts it the
 * same way: what is due in one piece goes into one notice, named by the piece. What comes later for
 * a piece that was sent already becomes another part of it.
 *
 * <ul>
 *   <li>Pieces are as long as the policy's time to group; a notice is made when its piece is over.
 *   <li>When a channel has had its limit, the rest of the limit's piece waits, and becomes one
 *       summary at its end.
 *   <li>What is late, since no manager was there, becomes one summary for each hour.
 *   <li>What is withheld is recorded by the minute, at once.
 * </ul>
 */
final class Grouping {
  private static final Duration LATE = Duration.ofMinutes(2);
  private static final Duration LATE_PIECE = Duration.ofHours(1);
  private static final Duration WITHHELD_PIECE = Duration.ofMinutes(1);

  /** A document should not grow beyond what every CouchDB takes. */
  private static final int MOST_ITEMS = 2000;

  private final ToldBefore before;
  private final Instant now;
  private final long epoch;
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<Waiting> withheld = new ArrayList<>();
  private final Map<Piece, List<Waiting>> pieces =
      new TreeMap<>(
          Comparator.comparing(Piece::begin)
              .thenComparing(Piece::policy)
              .thenComparing(Piece::channel)
              .thenComparing(Piece::what)
              .thenComparing(Piece::why));
  private final Set<List<String>> saidToBeOver = new HashSet<>();
  private @Nullable Instant lookAgain;

  private record Waiting(Case one, Item item, Instant due, String why) {}

  /**
   * What becomes one notice.
   *
   * @param what the word in the id
   * @param why why it is withheld; empty where it is told
   */
  private record Piece(Instant begin, String policy, String channel, String what, String why) {}

  Grouping(ToldBefore before, Instant now, long epoch) {
    this.before = before;
    this.now = now;
    this.epoch = epoch;
  }

  /** It has to be looked at again then. */
  void look(Instant at) {
    Instant known = lookAgain;
    lookAgain = known == null || at.isBefore(known) ? at : known;
  }

  void tell(Case one, Item item, Instant due) {
    if (item.reason() == Reason.RESOLVED) {
      saidToBeOver.add(key(one));
    }
    waiting.add(new Waiting(one, item, due, ""));
  }

  void withhold(Case one, Item item, Instant due, String why) {
    withheld.add(new Waiting(one, item, due, why));
  }

  /** Whether what was due then should have been told long ago, and nothing held it back. */
  boolean isLate(Case one, Instant due) {
    Policy policy = one.policy();
    Instant end = begin(due, policy.group()).plus(policy.group());
    return end.plus(LATE).isBefore(now) && !isLimited(one, begin(due, policy.group()));
  }

  NoticePlan plan() {
    List<Notice> due = new ArrayList<>();
    waiting.sort(Comparator.comparing(Waiting::due).thenComparing(w -> w.item().incident()));
    for (Waiting next : waiting) {
      pieceOf(next)
          .ifPresent(piece -> pieces.computeIfAbsent(piece, key -> new ArrayList<>()).add(next));
    }
    limit();
    for (Waiting next : withheld) {
      Piece piece =
          new Piece(
              begin(next.due(), WITHHELD_PIECE),
              next.one().policy().id(),
              next.one().channel(),
              State.WITHHELD.label(),
              next.why());
      pieces.computeIfAbsent(piece, key -> new ArrayList<>()).add(next);
    }
    pieces.forEach((piece, content) -> make(piece, content, due));
    return new NoticePlan(due, Optional.ofNullable(lookAgain));
  }

  private Optional<Piece> pieceOf(Waiting next) {
    Policy policy = next.one().policy();
    if (isLate(next.one(), next.due())) {
      return Optional.of(piece(next, begin(next.due(), LATE_PIECE), Reason.SUMMARY));
    }
    Instant begin = begin(next.due(), policy.group());
    Instant end = begin.plus(policy.group());
    if (end.isAfter(now)) {
      look(end);
      return Optional.empty();
    }
    return Optional.of(piece(next, begin, next.item().reason()));
  }

  private static Piece piece(Waiting next, Instant begin, Reason reason) {
    return new Piece(begin, next.one().policy().id(), next.one().channel(), reason.label(), "");
  }

  /** Takes out what is beyond a limit, and puts it together where its time has come. */
  private void limit() {
    Map<Piece, Integer> counts = new HashMap<>();
    for (Piece piece : List.copyOf(pieces.keySet())) {
      if (piece.what().equals(Reason.SUMMARY.label())) {
        continue;
      }
      List<Waiting> content = pieces.getOrDefault(piece, List.of());
      Case one = content.getFirst().one();
      Duration per = one.policy().limit().per();
      Instant cell = begin(piece.begin(), per);
      Piece counter = new Piece(cell, piece.policy(), piece.channel(), "", "");
      int used =
          counts.computeIfAbsent(
              counter, key -> before.count(piece.policy(), piece.channel(), cell, cell.plus(per)));
      if (used < one.policy().limit().count()) {
        counts.put(counter, used + parts(content));
        continue;
      }
      pieces.remove(piece);
      if (cell.plus(per).isAfter(now)) {
        look(cell.plus(per));
      } else {
        Piece summary = piece(content.getFirst(), cell.plus(per), Reason.SUMMARY);
        pieces.computeIfAbsent(summary, key -> new ArrayList<>()).addAll(content);
      }
    }
  }

  private boolean isLimited(Case one, Instant begin) {
    Duration per = one.policy().limit().per();
    Instant cell = begin(begin, per);
    return before.count(one.policy().id(), one.channel(), cell, cell.plus(per))
        >= one.policy().limit().count();
  }

  private static int parts(List<Waiting> content) {
    return (content.size() + MOST_ITEMS - 1) / MOST_ITEMS;
  }

  private void make(Piece piece, List<Waiting> content, List<Notice> due) {
    List<Item> items = new ArrayList<>();
    for (Waiting next : content) {
      items.add(next.item());
      if (piece.why().isEmpty()) {
        over(next).ifPresent(items::add);
      }
    }
    for (int i = 0; i < items.size(); i += MOST_ITEMS) {
      List<Item> part = items.subList(i, Math.min(items.size(), i + MOST_ITEMS));
      Notice notice = notice(piece, part);
      before.add(notice);
      due.add(notice);
    }
  }

  /** What is over when it is told, is told to be over in the same message. */
  private Optional<Item> over(Waiting next) {
    Case one = next.one();
    boolean isOver =
        one.incident().resolved() != null
            && one.policy().resolved()
            && before.over(one.policy().id(), one.channel(), one.incident().id()).isEmpty();
    int number = before.reopened(one.policy().id(), one.channel(), one.incident().id());
    return isOver && saidToBeOver.add(key(one))
        ? Optional.of(one.item(Reason.RESOLVED, 0, number))
        : Optional.empty();
  }

  private static List<String> key(Case one) {
    return List.of(one.policy().id(), one.channel(), one.incident().id());
  }

  private Notice notice(Piece piece, List<Item> items) {
    String base =
        NoticeIds.withoutPart(piece.begin(), piece.policy(), piece.channel(), piece.what());
    boolean isTold = piece.why().isEmpty();
    Reason reason =
        piece.what().equals(Reason.SUMMARY.label()) ? Reason.SUMMARY : items.getFirst().reason();
    return new Notice(
        NoticeIds.part(base, before.nextPart(base)),
        piece.policy(),
        piece.channel(),
        reason,
        piece.begin(),
        items,
        isTold ? State.QUEUED : State.WITHHELD,
        piece.why(),
        "",
        0,
        isTold ? now : null,
        now,
        null,
        epoch);
  }

  private static Instant begin(Instant time, Duration length) {
    if (length.isZero()) {
      return time;
    }
    long millis = length.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
  }
}
