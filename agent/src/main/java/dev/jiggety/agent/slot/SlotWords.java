package dev.jiggety.agent.slot;

import dev.jiggety.base.Durations;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What slots say to people, one line each. */
final class SlotWords {
  private static final int MOST_NAMED = 5;

  private SlotWords() {}

  /** What people should look at; empty when all is well. */
  static List<String> notices(SlotState state, Moment now) {
    List<String> lines = new ArrayList<>();
    state
        .refused()
        .values()
        .forEach(no ->
            lines.add(no.why().label() + ": " + no.text() + " (since " + seconds(no.at()) + ")"));
    Head head = state.head();
    if (head != null && state.hearing().stale()) {
      lines.add(stale(head, state.hearing().lostSince(), now.wall()));
    }
    String error = state.standing().error();
    if (error != null && lines.stream().noneMatch(line -> line.contains(error))) {
      lines.add(error);
    }
    return lines;
  }

  static String refused(Acceptance why, @Nullable Head known, Head head) {
    long follows = known == null ? 0 : known.version();
    return switch (why) {
      case LOWER_VERSION ->
          "the hub shows the head %d, this node follows %d already"
              .formatted(head.version(), follows);
      case OTHER_CONTENT ->
          "the hub shows another head %d than this node follows".formatted(head.version());
      case LOWER_EPOCH ->
          "the head %d is of a manager that was replaced (epoch %d)"
              .formatted(head.version(), head.epoch());
      case LOWER_RELEASE ->
          "the head %d goes back to release %d".formatted(head.version(), head.release());
      case LOWER_SEQ ->
          "the head %d goes back to place %d in the line".formatted(head.version(), head.seq());
      case EXPIRED ->
          "the head %d has expired at %s; see that a manager runs, and look at the clocks"
              .formatted(head.version(), seconds(head.expires()));
      case ACCEPTED, SAME -> "";
    };
  }

  static String strange(SortedMap<String, Digests.Difference> documents) {
    String names =
        documents.entrySet().stream()
            .limit(MOST_NAMED)
            .map(one ->
                one.getKey()
                    + switch (one.getValue()) {
                      case SURPLUS -> "";
                      case MISSING -> " (gone)";
                      case OTHER -> " (changed)";
                    })
            .collect(Collectors.joining(", "));
    String more = documents.size() > MOST_NAMED ? " and " + (documents.size() - MOST_NAMED) : "";
    return "no patch has put this in force, so it has no effect: "
        + names
        + more
        + "; make a patch of it, or undo it on the hub";
  }

  static String stale(Head head, @Nullable Instant lost, Instant now) {
    return lost != null
        ? "the configuration is as of %s: the hub is not heard since".formatted(seconds(lost))
        : "the configuration is old: its head has expired at %s; see that a manager runs"
            .formatted(seconds(head.expires().isBefore(now) ? head.expires() : now));
  }

  static String lacking(Generation lacking, boolean isKnown) {
    return isKnown
        ? "the documents on the hub do not give release "
            + lacking.release()
            + ", so it is not run: some were changed past all patches, or are still on their way"
        : "the documents of release " + lacking.release() + " are not here yet";
  }

  static String unconfirmed(Head head) {
    return "went back by itself: release %d was not confirmed within %s"
        .formatted(head.release(), within(head));
  }

  static String tooSlow(Head head) {
    return "release %d was not ready here within %s".formatted(head.release(), within(head));
  }

  private static String within(Head head) {
    Duration within = head.confirmWithin();
    return within == null ? "the time for it" : Durations.format(within);
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
