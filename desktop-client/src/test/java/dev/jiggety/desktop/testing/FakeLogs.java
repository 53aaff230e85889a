package dev.jiggety.desktop.testing;

import dev.jiggety.model.LogExcerpt;
import dev.jiggety.repository.LogRepository;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The last log lines of nodes and managers, in memory. Thread-safe. */
public final class FakeLogs implements LogRepository {
  private final FakeHub hub;
  private final Map<String, LogExcerpt> logs = new TreeMap<>();

  FakeLogs(FakeHub hub) {
    this.hub = hub;
  }

  @Override
  public synchronized Optional<LogExcerpt> find(String name) {
    hub.refuseWhenAway();
    return Optional.ofNullable(logs.get(name))
        .or(() -> Optional.ofNullable(logs.get(LogExcerpt.manager(name))));
  }

  @Override
  public synchronized void report(LogExcerpt log) {
    logs.put(log.writer(), log);
  }
}
