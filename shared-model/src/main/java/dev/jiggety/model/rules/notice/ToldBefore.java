package dev.jiggety.model.rules.notice;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.Item;
import dev.jiggety.model.Notice.Reason;
import dev.jiggety.model.Notice.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was told, or withheld, by the notices that there are. */
final class ToldBefore {
  private final Map<Key, List<Telling>> tellings = new HashMap<>();
  private final Map<String, Integer> parts = new HashMap<>();
  private final Map<Lane, TreeMap<Instant, Integer>> counted = new HashMap<>();

  private record Key(String policy, String channel, String incident) {}

  private record Lane(String policy, String channel) {}

  /** An item and the notice that it is part of. */
  record Telling(Item item, Notice notice) {
    boolean isTold() {
      return notice.state() != State.WITHHELD;
    }
  }

  ToldBefore(Collection<Notice> notices) {
    notices.forEach(this::add);
  }

  /** Counts a notice in. */
  void add(Notice notice) {
    if (notice.reason() == Reason.TEST) {
      return;
    }
    for (Item item : notice.items()) {
      tellings
          .computeIfAbsent(
              new Key(notice.policy(), notice.channel(), item.incident()), key -> new ArrayList<>())
          .add(new Telling(item, notice));
    }
    int end = notice.id().lastIndexOf(':');
    parts.merge(notice.id().substring(0, end), part(notice.id().substring(end + 1)), Math::max);
    if (notice.state() != State.WITHHELD && notice.reason() != Reason.SUMMARY) {
      counted
          .computeIfAbsent(new Lane(notice.policy(), notice.channel()), key -> new TreeMap<>())
          .merge(notice.due(), 1, Integer::sum);
    }
  }

  private static int part(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      return 0; // nobody but us makes them; one of a stranger must not stop us
    }
  }

  /** All of an incident that a policy has sent to a channel, or not sent on purpose. */
  List<Telling> of(String policy, String channel, String incident) {
    return tellings.getOrDefault(new Key(policy, channel, incident), List.of());
  }

  /**
   * How often a channel was told that an incident is there after all, when it had been told that it
   * is over.
   */
  int reopened(String policy, String channel, String incident) {
    return of(policy, channel, incident).stream()
        .map(Telling::item)
        .filter(item -> item.reason() == Reason.OPENED)
        .mapToInt(Item::number)
        .max()
        .orElse(0);
  }

  /** Whether a channel was told that it is over, or not on purpose, and nothing else since. */
  Optional<Telling> over(String policy, String channel, String incident) {
    int number = reopened(policy, channel, incident);
    return of(policy, channel, incident).stream()
        .filter(telling -> telling.item().reason() == Reason.RESOLVED)
        .filter(telling -> telling.item().number() == number)
        .findFirst();
  }

  /** The worst that a channel was told of an incident; empty when it was told nothing. */
  Optional<Incident.Kind> worst(String policy, String channel, String incident) {
    return of(policy, channel, incident).stream()
        .filter(Telling::isTold)
        .map(telling -> telling.item().kind())
        .max(Incident.Kind::compareTo);
  }

  /** The next part of notices that are otherwise called the same. */
  int nextPart(String idWithoutPart) {
    return parts.getOrDefault(idWithoutPart, 0) + 1;
  }

  /** How many notices to a channel count against the limit in a span; {@code to} exclusive. */
  int count(String policy, String channel, Instant from, Instant to) {
    TreeMap<Instant, Integer> all = counted.get(new Lane(policy, channel));
    return all == null
        ? 0
        : all.subMap(from, to).values().stream().mapToInt(Integer::intValue).sum();
  }
}
