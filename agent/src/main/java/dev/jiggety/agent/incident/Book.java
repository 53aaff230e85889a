package dev.jiggety.agent.incident;

import dev.jiggety.base.Durations;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.rules.incident.Episode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From episodes to incidents: what has to be recorded, and what was recorded and is wrong. Pure:
 * whoever knows the same episodes and the same incidents writes the same.
 */
final class Book {
  private final String by;
  private final long epoch;

  /**
   * A book of one manager.
   *
   * @param by who decides, as trails say it
   */
  Book(String by, long epoch) {
    this.by = by;
    this.epoch = epoch;
  }

  /**
   * What has to be written so that the incidents tell the episodes.
   *
   * @param known the incidents of one subject and group that are recorded
   * @param episodes of the same, those that began first at the beginning
   * @param isFull whether the last words of nodes are worth a write of their own
   * @return new and changed ones
   */
  List<Incident> entries(
      Collection<Incident> known,
      List<Episode> episodes,
      Scope scope,
      boolean isFull,
      Instant now) {
    List<Incident> left =
        new ArrayList<>(known.stream().sorted(Comparator.comparing(Incident::began)).toList());
    Set<String> ids =
        known.stream().map(Incident::id).collect(Collectors.toCollection(TreeSet::new));
    List<Incident> written = new ArrayList<>();
    for (Episode episode : episodes) {
      List<Incident> same = left.stream().filter(episode::isSameAs).toList();
      left.removeAll(same);
      if (same.isEmpty()) {
        if (!episode.began().isBefore(scope.created())) {
          Incident opened = opened(episode, scope, ids, now);
          ids.add(opened.id());
          written.add(opened);
        }
        continue;
      }
      Incident first = same.getFirst();
      updated(first, episode, scope, isFull, now).ifPresent(written::add);
      for (Incident other : same.subList(1, same.size())) {
        if (!other.began().isBefore(scope.trusted())) {
          withdrawn(other, "it is part of the incident " + first.id(), now).ifPresent(written::add);
        }
      }
    }
    for (Incident incident : left) {
      if (!incident.began().isBefore(scope.trusted())
          && incident.began().isBefore(scope.decided())) {
        withdrawn(incident, "it never was: results that came late say so", now)
            .ifPresent(written::add);
      } else if (incident.isOpen() && scope.cut() == null) {
        scope
            .ends()
            .apply(incident)
            .ifPresent(
                at -> written.add(edit(incident).ended(at, resolved(incident, at), now).done()));
      }
    }
    return written;
  }

  /** It is over for a reason that no result tells, like a test that is not in force any more. */
  Incident closed(Incident incident, String why, Instant now) {
    Instant at = now.isBefore(incident.began()) ? incident.began() : now;
    return edit(incident).ended(at, why, now).done();
  }

  private Incident opened(Episode episode, Scope scope, Set<String> ids, Instant now) {
    Instant named = episode.began();
    String id = Ids.incidentId(named, episode.group().label(), episode.subject());
    while (ids.contains(id)) { // of one that began then as it seemed at first
      named = named.plusMillis(1);
      id = Ids.incidentId(named, episode.group().label(), episode.subject());
    }
    Instant ended = ended(episode, scope, null);
    Suppression suppressed = episode.suppressed();
    if (suppressed == null && ended != null) {
      suppressed =
          new Suppression(Suppression.Reason.TOO_LATE, "it was over before anybody knew of it");
    }
    Incident bare =
        new Incident(
            id,
            episode.kind(),
            episode.subject(),
            episode.began(),
            now,
            null,
            null,
            episode.text(),
            Evidence.witnesses(episode),
            suppressed,
            null,
            List.of(),
            epoch);
    Edit edit = edit(bare).entry("opened", episode.text(), now);
    if (suppressed != null) {
      edit.entry("suppressed", suppressed.text(), now);
    }
    if (ended != null) {
      edit.ended(ended, resolved(bare, ended), now);
    }
    return edit.done();
  }

  private Optional<Incident> updated(
      Incident incident, Episode episode, Scope scope, boolean isFull, Instant now) {
    Edit edit = edit(incident);
    boolean isCertain =
        !incident.began().isBefore(scope.trusted()) && !episode.began().isBefore(scope.trusted());
    if (isCertain && !episode.began().equals(incident.began())) {
      edit.began(episode.began(), now);
    }
    if (episode.kind().compareTo(incident.kind()) > 0) {
      edit.kind(episode.kind(), episode.text(), now);
    } else if (isToldAnew(episode) && !episode.text().equals(incident.text()) && episode.isOpen()) {
      edit.text(episode.text(), now);
    }
    Instant ended = ended(episode, scope, incident);
    Instant before = incident.ended();
    if (ended == null && before != null) {
      edit.lasts(now);
    } else if (ended != null && before == null) {
      edit.ended(ended, resolved(incident, ended), now);
    } else if (ended != null && !ended.equals(before) && isCertainEnd(before, scope)) {
      edit.endedOtherwise(ended, now);
    }
    suppress(edit, incident, episode, now);
    List<Incident.Witness> witnesses = Evidence.witnesses(episode);
    boolean isNews = isFull && !Evidence.saysTheSame(witnesses, incident.witnesses());
    if (edit.isChanged() || isNews) {
      edit.witnesses(witnesses);
    }
    return edit.isChanged() ? Optional.of(edit.done()) : Optional.empty();
  }

  /**
   * Of a test it is enough to be told once; of a certificate or a node more may be wrong by now.
   */
  private static boolean isToldAnew(Episode episode) {
    return episode.group() == Episode.Group.CERTIFICATE || episode.group() == Episode.Group.NODE;
  }

  private static boolean isCertainEnd(@Nullable Instant before, Scope scope) {
    return before == null || !before.isBefore(scope.trusted());
  }

  private static @Nullable Instant ended(
      Episode episode, Scope scope, @Nullable Incident incident) {
    Instant cut = scope.cut();
    if (cut == null || episode.ended() != null) {
      return episode.ended();
    }
    if (incident == null) {
      return cut;
    }
    Instant before = incident.ended();
    return before == null || before.isAfter(cut) ? before : cut;
  }

  private static void suppress(Edit edit, Incident incident, Episode episode, Instant now) {
    Suppression before = incident.suppressed();
    boolean wasOver = incident.ended() != null && episode.ended() != null;
    if (Trail.isMuted(incident) || wasOver || Objects.equals(before, episode.suppressed())) {
      return; // what was told cannot be taken back, nor told after all
    }
    edit.suppressed(episode.suppressed(), now);
  }

  private Optional<Incident> withdrawn(Incident incident, String why, Instant now) {
    return incident.began().equals(incident.ended())
        ? Optional.empty()
        : Optional.of(edit(incident).withdrawn(why, now).done());
  }

  private static String resolved(Incident incident, Instant ended) {
    Duration lasted = Duration.between(incident.began(), ended).truncatedTo(ChronoUnit.SECONDS);
    return "over since " + ended + ", after " + Durations.format(lasted);
  }

  private Edit edit(Incident incident) {
    return new Edit(incident, by, epoch);
  }
}
