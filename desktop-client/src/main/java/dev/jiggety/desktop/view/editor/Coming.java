package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.feed.NodePicture;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Schedules;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/**
 * The runs to come.
 *
 * @param words the schedule in words; empty when it has a problem
 * @param times the next planned times
 * @param node the node for which they are exact
 * @param zone the time zone of the schedule; the same for everybody where it has none
 * @param shift when the clocks of that zone are changed next
 */
public record Coming(
    String words, List<Instant> times, String node, ZoneId zone, Optional<Shift> shift) {
  /** How many runs to come are shown. */
  static final int MOST = 5;

  static final Coming UNKNOWN = new Coming("", List.of(), "", ZoneOffset.UTC, Optional.empty());

  /**
   * Clocks are changed.
   *
   * @param forward whether an hour is left out, as in spring; else one comes twice
   */
  public record Shift(Instant at, boolean forward) {}

  /**
   * Works them out.
   *
   * @param here the zone of who looks at it
   */
  static Coming of(TestDefinition test, List<NodePicture> nodes, Instant now, ZoneId here) {
    String id = test.id().isEmpty() ? "new" : test.id();
    String node = exampleNode(test, nodes);
    ZoneId zone = test.schedule() instanceof Schedule.Cron cron ? cron.zone() : here;
    boolean matters = test.schedule() instanceof Schedule.Cron;
    return new Coming(
        Schedules.inWords(test.schedule()),
        Schedules.next(test.schedule(), id, node, now, MOST),
        node,
        zone,
        matters
            ? Optional.ofNullable(zone.getRules().nextTransition(now)).map(Coming::shift)
            : Optional.empty());
  }

  private static Shift shift(ZoneOffsetTransition transition) {
    return new Shift(transition.getInstant(), transition.isGap());
  }

  /** The first node that runs the test, since each has its own times; empty when none does. */
  private static String exampleNode(TestDefinition test, List<NodePicture> nodes) {
    return nodes.stream()
        .map(NodePicture::status)
        .filter(it -> test.where().includes(it.name(), it.tags()))
        .map(NodeStatus::name)
        .findFirst()
        .orElse("");
  }
}
