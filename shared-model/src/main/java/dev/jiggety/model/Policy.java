package dev.jiggety.model;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of which incidents, when and how often. Any value can be built; {@code
 * model.rules.notice.PolicyRules} says what is wrong with it.
 *
 * @param id lower-case letters, digits, dots and hyphens
 * @param name for people
 * @param active whether anybody is told by it
 * @param which the incidents that it is about
 * @param steps who is told, and who else when nobody looks after it, in the order of their times
 * @param remind how often those who were told are reminded; null for never
 * @param group within this time incidents go into one message; zero for one message each
 * @param limit how many messages a channel gets at most; what is more comes in one summary
 * @param hours when there is somebody to be told; empty for always
 * @param quiet when some incidents can wait
 * @param resolved whether those who were told hear that it is over
 */
public record Policy(
    String id,
    String name,
    boolean active,
    Selection which,
    List<Step> steps,
    @Nullable Duration remind,
    Duration group,
    Limit limit,
    List<Hours> hours,
    List<Quiet> quiet,
    boolean resolved) {
  /** For policies that say nothing else. */
  public static final Duration DEFAULT_GROUP = Duration.ofSeconds(10);

  public Policy {
    steps = List.copyOf(steps);
    hours = List.copyOf(hours);
    quiet = List.copyOf(quiet);
  }

  /**
   * Which incidents. A policy that names tests or tags and no nodes is about tests alone, one that
   * names nodes and neither tests nor tags about nodes alone.
   *
   * @param kinds empty for all
   * @param tags tests that have one of these
   * @param tests tests of these ids
   * @param nodes nodes of these names
   */
  public record Selection(
      Set<Incident.Kind> kinds,
      SortedSet<String> tags,
      SortedSet<String> tests,
      SortedSet<String> nodes) {
    /** All incidents. */
    public static final Selection ALL =
        new Selection(Set.of(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());

    public Selection {
      kinds = Set.copyOf(kinds);
      tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
      tests = Collections.unmodifiableSortedSet(new TreeSet<>(tests));
      nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }
  }

  /**
   * A step of escalation.
   *
   * @param after from when the incident was detected; it is still open then and nobody has
   *     acknowledged it
   * @param channels ids of channels
   */
  public record Step(Duration after, List<String> channels) {
    public Step {
      channels = List.copyOf(channels);
    }
  }

  /**
   * At most {@code count} messages to a channel in each {@code per}, counted from 1970.
   *
   * @param count at least 1
   */
  public record Limit(int count, Duration per) {
    /** Twenty in ten minutes. */
    public static final Limit DEFAULT = new Limit(20, Duration.ofMinutes(10));
  }

  /**
   * Times that come again and again.
   *
   * @param cron when each begins: five fields as in crontab(5)
   * @param length how long each lasts, by the clock on the wall of nobody: 8 hours are 8 hours
   */
  public record Hours(String cron, Duration length, ZoneId zone) {}

  /**
   * Times in which some incidents wait. What lasts until they end is told then; what was over
   * before is told to nobody, and recorded.
   *
   * @param kinds what waits; empty for everything but {@code down}
   */
  public record Quiet(Hours hours, Set<Incident.Kind> kinds) {
    public Quiet {
      kinds = Set.copyOf(kinds);
    }

    /** Whether incidents of that kind wait. */
    public boolean silences(Incident.Kind kind) {
      return kinds.isEmpty() ? kind != Incident.Kind.DOWN : kinds.contains(kind);
    }
  }
}
