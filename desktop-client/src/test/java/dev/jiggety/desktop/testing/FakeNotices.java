package dev.jiggety.desktop.testing;

import dev.jiggety.document.NoticeDocument;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.NoticeRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Notices in memory, with the promises of the port. Thread-safe. */
public final class FakeNotices implements NoticeRepository {
  private final FakeHub hub;
  private final Map<String, Stored<Notice>> notices = new TreeMap<>();
  private final Map<String, NoticeRequest> requests = new LinkedHashMap<>();
  private final List<Following> listeners = new ArrayList<>();
  private int revisions;

  private record Following(Instant since, Listener listener) {}

  FakeNotices(FakeHub hub) {
    this.hub = hub;
  }

  /** A manager makes or changes a notice. */
  public Stored<Notice> put(Notice notice) {
    synchronized (hub) {
      Stored<Notice> stored =
          new Stored<>(notice, ++revisions + "-x", NoticeDocument.TYPE.write(notice));
      notices.put(notice.id(), stored);
      if (!hub.isAway()) {
        List.copyOf(listeners).forEach(it -> it.listener().notice(stored));
      }
      return stored;
    }
  }

  /** What was asked for, in order. */
  public List<NoticeRequest> requests() {
    synchronized (hub) {
      return List.copyOf(requests.values());
    }
  }

  /** How many follow: what was opened and not closed. */
  public int followers() {
    synchronized (hub) {
      return listeners.size();
    }
  }

  void away() {
    var away = new HubFeed.Connection.Away(HubException.Kind.UNAVAILABLE, "connection refused");
    listeners.forEach(it -> it.listener().connection(away));
  }

  void back() {
    listeners.forEach(this::tellAll);
  }

  @Override
  public List<Stored<Notice>> between(Instant from, Instant to) {
    return asked().stream()
        .filter(it -> !it.value().due().isBefore(from) && it.value().due().isBefore(to))
        .sorted(Comparator.comparing(it -> it.value().due()))
        .toList();
  }

  @Override
  public Optional<Stored<Notice>> find(String id) {
    return asked().stream().filter(it -> it.value().id().equals(id)).findFirst();
  }

  @Override
  public List<Stored<Notice>> create(List<Notice> fresh) {
    synchronized (hub) {
      hub.refuseWhenAway();
      return fresh.stream().filter(it -> !notices.containsKey(it.id())).map(this::put).toList();
    }
  }

  @Override
  public Optional<Stored<Notice>> store(Notice notice, Stored<Notice> before) {
    synchronized (hub) {
      hub.refuseWhenAway();
      Stored<Notice> found = notices.get(notice.id());
      return found != null && found.rev().equals(before.rev())
          ? Optional.of(put(notice))
          : Optional.empty();
    }
  }

  @Override
  public void request(NoticeRequest request) {
    synchronized (hub) {
      hub.refuseWhenAway();
      requests.putIfAbsent(request.id(), request);
      List.copyOf(listeners).forEach(it -> it.listener().request(request));
    }
  }

  @Override
  public HubFeed.Subscription follow(Instant since, Listener listener) {
    Following following = new Following(since, listener);
    synchronized (hub) {
      listeners.add(following);
      if (hub.isAway()) {
        away();
      } else {
        tellAll(following);
      }
    }
    return () -> {
      synchronized (hub) {
        listeners.remove(following);
      }
    };
  }

  private List<Stored<Notice>> asked() {
    synchronized (hub) {
      hub.refuseWhenAway();
      return List.copyOf(notices.values());
    }
  }

  private void tellAll(Following following) {
    notices.values().stream()
        .filter(it -> !it.value().due().isBefore(following.since()))
        .forEach(following.listener()::notice);
    requests.values().forEach(following.listener()::request);
    following.listener().connection(new HubFeed.Connection.Connected());
  }
}
