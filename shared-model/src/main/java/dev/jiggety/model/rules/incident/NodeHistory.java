package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.rules.Freshness;
import dev.jiggety.model.rules.Instances;
import dev.jiggety.model.rules.incident.Word.Doubt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one node: when it was heard, and what was wrong with it. At any time a node has
 * one episode at most, whatever is wrong with it, and what is not calm for {@link #CALM} is the
 * same episode still. Signs may be added in any order and any number of times. Not thread-safe.
 */
public final class NodeHistory {
  /** A node is well again when nothing was wrong for that long. */
  public static final Duration CALM = Duration.ofSeconds(330);

  private static final int ENOUGH = 2;

  private final String node;
  private final Instant from;
  private final Signs heard = new Signs(Freshness.NODE.toMillis(), 1);
  private final Instances instances = new Instances();
  private final Map<Trouble, Signs> troubles = new EnumMap<>(Trouble.class);
  private long forgotten = Long.MIN_VALUE;

  private enum Trouble {
    SILENT("is silent"),
    ISOLATED("reaches none of its reference targets"),
    LATE("begins its runs too late"),
    CLOCK("has a wrong clock"),
    CLONED("is run by two processes at once");

    private final String words;

    Trouble(String words) {
      this.words = words;
    }
  }

  /** Something wrong; {@code to} is {@link Long#MAX_VALUE} where that lasts for certain. */
  private record Phase(Trouble trouble, long from, long sure, long to) {}

  /** A node of which nothing is known before an instant, and that is expected from then on. */
  public NodeHistory(String node, Instant from) {
    this.node = node;
    this.from = from;
    for (Trouble trouble : Trouble.values()) {
      troubles.put(trouble, new Signs(CALM.toMillis(), ENOUGH));
    }
  }

  /** The node's name. */
  public String node() {
    return node;
  }

  /** Adds what the node said of itself at some time in the past: it says itself when. */
  public void add(NodeStatus status) {
    Duration offset = status.clockOffset();
    add(status, status.heartbeatAt().plus(offset == null ? Duration.ZERO : offset));
  }

  /**
   * Adds what the node said of itself.
   *
   * @param heard when the manager heard it, which a clock that was set just now does not touch
   */
  public void add(NodeStatus status, Instant heard) {
    long at = heard.toEpochMilli();
    this.heard.add(at, at);
    Duration offset = status.clockOffset();
    if (offset != null && offset.abs().compareTo(Word.CLOCK_OFF) > 0) {
      signs(Trouble.CLOCK).add(at, at);
    }
    Duration lateness = status.lateness();
    if (lateness != null && lateness.compareTo(Word.LATE) > 0) {
      signs(Trouble.LATE).add(at, at);
    }
    if (instances.hear(status.instance(), status.heartbeatAt())) {
      signs(Trouble.CLONED).add(at, at);
    }
  }

  /** Adds the word of a run of that node, on whichever test. */
  public void add(Word word) {
    Trouble trouble = trouble(word.doubt());
    if (trouble != null) {
      signs(trouble).add(word.start().toEpochMilli(), word.end().toEpochMilli());
    }
  }

  /**
   * Nobody could hear it, whatever it said: the hub was away, or whoever listens.
   *
   * @param from when that began
   * @param to when it was over
   */
  public void deaf(Instant from, Instant to) {
    heard.add(from.toEpochMilli(), to.toEpochMilli());
  }

  /**
   * All episodes that are remembered.
   *
   * @param now it must not be later than the time up to which the caller has heard of the hub, so
   *     that the caller's own deafness is not taken for silence of the node
   */
  public List<Episode> episodes(Instant now) {
    long until = now.toEpochMilli();
    List<Phase> phases = silences(until);
    for (Map.Entry<Trouble, Signs> entry : troubles.entrySet()) {
      for (Signs.Seen seen : entry.getValue().seen()) {
        if (seen.sure() <= until) {
          phases.add(new Phase(entry.getKey(), seen.from(), seen.sure(), seen.to()));
        }
      }
    }
    phases.sort(Comparator.comparingLong(Phase::from).thenComparing(Phase::trouble));
    List<Episode> episodes = new ArrayList<>();
    List<Phase> together = new ArrayList<>();
    long to = Long.MIN_VALUE;
    for (Phase phase : phases) {
      if (!together.isEmpty() && phase.from() - CALM.toMillis() > to) {
        episodes.add(episode(together, to, until));
        together.clear();
      }
      to = together.isEmpty() ? phase.to() : Math.max(to, phase.to());
      together.add(phase);
    }
    if (!together.isEmpty()) {
      episodes.add(episode(together, to, until));
    }
    episodes.removeIf(episode -> episode.ended() != null && isForgotten(episode.ended()));
    return episodes;
  }

  /** Forgets what was over before an instant. */
  public void forget(Instant before) {
    forgotten = Math.max(forgotten, before.toEpochMilli());
    // A silence lies between two spans, so that the last one before has to stay.
    heard.forget(forgotten - Duration.ofDays(30).toMillis());
    troubles.values().forEach(signs -> signs.forget(forgotten - CALM.toMillis()));
  }

  private boolean isForgotten(Instant ended) {
    return ended.toEpochMilli() < forgotten;
  }

  private Signs signs(Trouble trouble) {
    return Objects.requireNonNull(troubles.get(trouble));
  }

  private static @Nullable Trouble trouble(@Nullable Doubt doubt) {
    return switch (doubt) {
      case null -> null;
      case OWN -> null; // of one test: a secret that it lacks, a kind that it does not know
      case CLOCK -> null; // its times are not to be believed; its status tells
      case LATE -> Trouble.LATE;
      case ISOLATED -> Trouble.ISOLATED;
    };
  }

  /** The gaps between the times at which it was heard. */
  private List<Phase> silences(long now) {
    List<Phase> silences = new ArrayList<>();
    long patience = Freshness.NODE.toMillis();
    long last = from.toEpochMilli();
    for (Signs.Seen seen : heard.seen()) {
      if (seen.from() > now) {
        break; // a clock that is not put right yet
      }
      if (seen.from() - last > patience) {
        silences.add(new Phase(Trouble.SILENT, last, last + patience, seen.from()));
      }
      last = Math.max(last, seen.to());
    }
    if (now - last > patience) {
      silences.add(new Phase(Trouble.SILENT, last, last + patience, Long.MAX_VALUE));
    }
    return silences;
  }

  private Episode episode(List<Phase> phases, long to, long now) {
    Set<Trouble> causes = EnumSet.noneOf(Trouble.class);
    phases.forEach(phase -> causes.add(phase.trouble()));
    long sure = phases.stream().mapToLong(Phase::sure).min().orElse(now);
    boolean lasts = to == Long.MAX_VALUE || now - to <= CALM.toMillis();
    return new Episode(
        Kind.NODE,
        node,
        Instant.ofEpochMilli(phases.getFirst().from()),
        Instant.ofEpochMilli(sure),
        lasts ? null : Instant.ofEpochMilli(to),
        String.format(
            Locale.ROOT,
            "node %s %s",
            node,
            causes.stream().map(cause -> cause.words).collect(Collectors.joining(", "))),
        List.of(),
        List.of(),
        null);
  }
}
