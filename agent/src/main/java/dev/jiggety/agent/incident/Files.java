package dev.jiggety.agent.incident;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.rules.incident.Episode;
import dev.jiggety.model.rules.incident.Episode.Group;
import dev.jiggety.repository.IncidentRepository;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The incidents that are recorded, as far as they still matter, and what was said of them. Writes
 * go by revision: where somebody else wrote, that is read, and the caller decides anew. Not
 * thread-safe.
 */
final class Files {
  private final IncidentRepository repository;
  private final Term term;
  private final Map<String, Stored<Incident>> known = new HashMap<>();
  private final Map<Key, Set<String>> bySubject = new HashMap<>();
  private final Map<String, Map<String, IncidentAct>> acts = new HashMap<>();

  /** A subject has one incident of each group at a time. */
  record Key(Group group, String subject) {}

  Files(IncidentRepository repository, Term term) {
    this.repository = repository;
    this.term = term;
  }

  /** It stands so on the hub, or did a moment ago. */
  void found(Stored<Incident> stored) {
    Stored<Incident> there = known.get(stored.value().id());
    if (there == null || generation(stored) >= generation(there)) {
      keep(stored);
    }
  }

  private static long generation(Stored<Incident> stored) {
    int hyphen = stored.rev().indexOf('-');
    return hyphen < 1 ? 0 : Long.parseLong(stored.rev().substring(0, hyphen));
  }

  private void keep(Stored<Incident> stored) {
    known.put(stored.value().id(), stored);
    bySubject.computeIfAbsent(key(stored.value()), _ -> new HashSet<>()).add(stored.value().id());
  }

  static Key key(Incident incident) {
    return new Key(Group.of(incident.kind()), incident.subject());
  }

  void said(IncidentAct act) {
    acts.computeIfAbsent(act.incident(), _ -> new TreeMap<>()).put(act.id(), act);
  }

  /** All that were said of one, as far as it was told. */
  Collection<IncidentAct> said(String incident) {
    return acts.getOrDefault(incident, Map.of()).values();
  }

  /** Those of a subject that lasted at an instant or later. */
  List<Incident> of(Key key, Instant since) {
    return bySubject.getOrDefault(key, Set.of()).stream()
        .map(known::get)
        .map(Stored::value)
        .filter(it -> it.ended() == null || !it.ended().isBefore(since))
        .toList();
  }

  /** Those that last. */
  List<Incident> open() {
    return known.values().stream().map(Stored::value).filter(Incident::isOpen).toList();
  }

  Optional<Incident> find(String id) {
    return Optional.ofNullable(known.get(id)).map(Stored::value);
  }

  /**
   * Writes one.
   *
   * @return whether it stands so now; otherwise somebody else wrote it, or the time to write is
   *     over, and the caller has to decide anew
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked now
   */
  boolean write(Incident incident) {
    if (term.isOver()) {
      return false;
    }
    Incident heard = Trail.heard(incident, said(incident.id()));
    Optional<Stored<Incident>> before = Optional.ofNullable(known.get(incident.id()));
    Optional<Stored<Incident>> stored = repository.store(heard, before);
    stored.ifPresent(this::keep);
    if (stored.isEmpty()) {
      repository.find(incident.id()).ifPresent(this::keep);
    }
    return stored.isPresent();
  }

  /**
   * Writes what follows of the episodes of a subject.
   *
   * @param episodes those of other groups are left out
   * @return whether all of it stands so now
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked now
   */
  boolean write(
      Book book, Key key, List<Episode> episodes, Scope scope, boolean isFull, Instant now) {
    List<Episode> own = episodes.stream().filter(it -> it.group() == key.group()).toList();
    boolean isDone = true;
    for (Incident incident : book.entries(of(key, scope.since()), own, scope, isFull, now)) {
      isDone &= write(incident);
    }
    return isDone;
  }

  /**
   * Takes what was said into the incident, where it is not in it yet.
   *
   * @return whether all of it is in it now
   */
  boolean hear(String id) {
    if (!known.containsKey(id)) {
      repository.find(id).ifPresent(this::keep);
    }
    Stored<Incident> stored = known.get(id);
    if (stored == null) {
      return true; // said of nothing
    }
    Incident heard = Trail.heard(stored.value(), said(id));
    return heard.equals(stored.value()) || write(heard);
  }

  /** Forgets what was over before, and what was said of it. */
  void forget(Instant before) {
    known
        .values()
        .removeIf(it -> {
          Instant ended = it.value().ended();
          boolean isOld = ended != null && ended.isBefore(before);
          if (isOld) {
            acts.remove(it.value().id());
            Set<String> same = bySubject.get(key(it.value()));
            if (same != null) {
              same.remove(it.value().id());
            }
          }
          return isOld;
        });
    bySubject.values().removeIf(Set::isEmpty);
    acts.keySet().retainAll(known.keySet());
  }
}
