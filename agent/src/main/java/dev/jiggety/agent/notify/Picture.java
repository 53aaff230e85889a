package dev.jiggety.agent.notify;

import com.google.gson.JsonObject;
import dev.jiggety.document.ChannelDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.PolicyDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.Notice;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.model.Policy;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.notice.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of the hub. Not safe for several threads; its owner sees to that. */
final class Picture {
  private static final System.Logger LOG = System.getLogger(Picture.class.getName());

  /** What ended longer ago concerns nobody any more. */
  static final Duration REMEMBERED = Duration.ofDays(7);

  private final Map<String, Incident> incidents = new HashMap<>();
  private final Map<String, List<IncidentAct>> acts = new HashMap<>();
  private final Map<String, Stored<Notice>> notices = new HashMap<>();
  private final TreeMap<String, Stored<Notice>> unfinished = new TreeMap<>();
  private final Map<String, Policy> policies = new TreeMap<>();
  private final Map<String, Channel> channels = new HashMap<>();
  private final Map<String, TestDefinition> tests = new HashMap<>();
  private final Map<String, NoticeRequest> requests = new LinkedHashMap<>();

  /** Says whether anything follows from it. */
  boolean put(Incident incident) {
    return !incident.equals(incidents.put(incident.id(), incident));
  }

  boolean put(IncidentAct act) {
    List<IncidentAct> known = acts.computeIfAbsent(act.incident(), key -> new ArrayList<>());
    if (known.contains(act)) {
      return false;
    }
    known.add(act);
    known.sort(Comparator.comparing(IncidentAct::at).thenComparing(IncidentAct::id));
    return true;
  }

  /** An older version than the one that is known changes nothing. */
  boolean put(Stored<Notice> notice) {
    String id = notice.value().id();
    Stored<Notice> known = notices.get(id);
    if (known != null && generation(known.rev()) >= generation(notice.rev())) {
      return false;
    }
    notices.put(id, notice);
    if (notice.value().isFinal()) {
      unfinished.remove(id);
    } else {
      unfinished.put(id, notice);
    }
    return true;
  }

  private static int generation(String rev) {
    int dash = rev.indexOf('-');
    return dash < 1 ? 0 : Integer.parseInt(rev.substring(0, dash));
  }

  void put(NoticeRequest request) {
    requests.put(request.id(), request);
  }

  /** A document of the configuration; null for one that is gone. */
  boolean put(String id, @Nullable JsonObject document) {
    int colon = id.indexOf(':');
    String type = colon < 0 ? id : id.substring(0, colon);
    String name = id.substring(colon + 1);
    try {
      switch (type) {
        case "policy" ->
            set(policies, name, document == null ? null : PolicyDocument.TYPE.read(document));
        case "channel" ->
            set(channels, name, document == null ? null : ChannelDocument.TYPE.read(document));
        case "test" -> set(tests, name, document == null ? null : TestDocument.TYPE.read(document));
        default -> {
          return false;
        }
      }
    } catch (DocumentException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} cannot be read: {1}", id, e.getMessage());
      return false;
    }
    return true;
  }

  private static <T> void set(Map<String, T> map, String name, @Nullable T value) {
    if (value == null) {
      map.remove(name);
    } else {
      map.put(name, value);
    }
  }

  /** All that decides who is told what now; a copy. */
  Situation situation(Instant now, long epoch) {
    Map<String, List<IncidentAct>> said = new HashMap<>();
    acts.forEach((incident, list) -> said.put(incident, List.copyOf(list)));
    Map<String, Set<String>> tags = new HashMap<>();
    tests.forEach((id, test) -> tags.put(id, Set.copyOf(test.tags())));
    return new Situation(
        List.copyOf(incidents.values()),
        id -> said.getOrDefault(id, List.of()),
        List.copyOf(policies.values()),
        id -> tags.getOrDefault(id, Set.of()),
        notices.values().stream().map(Stored::value).toList(),
        now,
        epoch);
  }

  /** What ended long ago, and what was told of it. */
  void forget(Instant now) {
    Instant horizon = now.minus(REMEMBERED).minus(Duration.ofDays(1));
    incidents
        .values()
        .removeIf(incident -> incident.resolved() != null && incident.resolved().isBefore(horizon));
    acts.keySet().retainAll(incidents.keySet());
    notices
        .values()
        .removeIf(stored ->
            stored.value().isFinal()
                && stored.value().due().isBefore(horizon)
                && stored.value().items().stream()
                    .noneMatch(item -> incidents.containsKey(item.incident())));
    requests.values().removeIf(request -> request.at().isBefore(horizon));
  }

  Optional<Incident> incident(String id) {
    return Optional.ofNullable(incidents.get(id));
  }

  Optional<Channel> channel(String id) {
    return Optional.ofNullable(channels.get(id));
  }

  /** What people call a test; its id for one that is gone. */
  String nameOf(String test) {
    TestDefinition known = tests.get(test);
    return known == null ? test : known.name();
  }

  Optional<Stored<Notice>> notice(String id) {
    return Optional.ofNullable(notices.get(id));
  }

  /** Those that wait or are being sent, in the order of their times. */
  List<Stored<Notice>> unfinished() {
    return List.copyOf(unfinished.values());
  }

  /** How many were given up and made after a time. */
  long failedSince(Instant since) {
    return notices.values().stream()
        .map(Stored::value)
        .filter(notice -> notice.state() == Notice.State.FAILED)
        .filter(notice -> notice.created().isAfter(since))
        .count();
  }

  List<NoticeRequest> requests() {
    return List.copyOf(requests.values());
  }

  boolean hasPolicies() {
    return policies.values().stream().anyMatch(Policy::active);
  }
}
