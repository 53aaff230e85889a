package dev.jiggety.agent.demo;

import com.google.gson.JsonObject;
import dev.jiggety.base.Quantiles;
import dev.jiggety.model.RolloutState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What became of the patches of a demo. Thread-safe. */
final class PatchLog {
  private final Map<String, Story> stories = new LinkedHashMap<>();

  /**
   * A patch.
   *
   * @param comment why it was made
   * @param active how long after it was handed in every node ran it; empty for never
   * @param end how it ended; empty for not yet
   * @param why it ended so; empty where that needs no words
   */
  record Story(String comment, Optional<Duration> active, Optional<RolloutState> end, String why) {

    /** One line for people. */
    String line() {
      String time = active.map(it -> ", active on all nodes after " + seconds(it)).orElse("");
      String reason = why.isEmpty() ? "" : ": " + why;
      return "patch \""
          + comment
          + "\" "
          + end.map(Story::word).orElse("under way")
          + time
          + reason;
    }

    private static String word(RolloutState end) {
      return end == RolloutState.ROLLED_BACK ? "turned back" : end.label().replace('-', ' ');
    }
  }

  /** It was handed in. */
  synchronized void handedIn(String patchId, String comment) {
    stories.put(patchId, new Story(comment, Optional.empty(), Optional.empty(), ""));
  }

  /** Every node runs it. */
  synchronized void active(String patchId, Duration after) {
    stories.computeIfPresent(
        patchId,
        (_, known) -> new Story(known.comment(), Optional.of(after), known.end(), known.why()));
  }

  /** It is at an end. */
  synchronized Story ended(String patchId, RolloutState end, String why) {
    Story before = stories.get(patchId);
    String comment = before == null ? patchId : before.comment();
    Optional<Duration> active = before == null ? Optional.empty() : before.active();
    Story story = new Story(comment, active, Optional.of(end), why);
    stories.put(patchId, story);
    return story;
  }

  /** The last ones, oldest first. */
  synchronized List<Story> last(int most) {
    List<Story> all = new ArrayList<>(stories.values());
    return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
  }

  /** How many ended so. */
  synchronized int ended(RolloutState state) {
    return (int)
        stories.values().stream().filter(story -> story.end().equals(Optional.of(state))).count();
  }

  /** How many are not at an end, or at none of the usual ones. */
  synchronized int others() {
    return stories.size() - ended(RolloutState.COMPLETED) - ended(RolloutState.ROLLED_BACK);
  }

  /** Time from submit to active on all nodes that a share of the patches did not exceed. */
  synchronized Duration active(double share) {
    return Duration.ofNanos(
        new Quantiles(
                stories.values().stream()
                    .flatMap(story -> story.active().stream())
                    .mapToLong(Duration::toNanos)
                    .toArray())
            .at(share));
  }

  /** As one object. */
  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("completed", ended(RolloutState.COMPLETED));
    json.addProperty("turnedBack", ended(RolloutState.ROLLED_BACK));
    json.addProperty("others", others());
    JsonObject times = new JsonObject();
    times.addProperty("p50", active(0.5).toMillis());
    times.addProperty("max", active(1).toMillis());
    json.add("submitToActiveMs", times);
    return json;
  }

  /** As one line for people. */
  String line() {
    return String.format(
        Locale.ROOT,
        "patches: %d completed, %d turned back%s, submit → active p50 %s, max %s",
        ended(RolloutState.COMPLETED),
        ended(RolloutState.ROLLED_BACK),
        others() == 0 ? "" : ", " + others() + " other",
        seconds(active(0.5)),
        seconds(active(1)));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", (double) time.toMillis() / 1e3);
  }
}
