package dev.jiggety.desktop.testing;

import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.repository.HealthRepository;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What managers and the hub say of themselves, in memory. Thread-safe. */
public final class FakeHealth implements HealthRepository {
  private final FakeHub hub;
  private final Map<String, ManagerReport> managers = new TreeMap<>();
  private final Map<String, HubReport> hubs = new TreeMap<>();

  FakeHealth(FakeHub hub) {
    this.hub = hub;
  }

  /** The hub says something of itself. */
  public synchronized void report(HubReport report) {
    hubs.put(report.name(), report);
  }

  @Override
  public synchronized List<ManagerReport> managers() {
    hub.refuseWhenAway();
    return List.copyOf(managers.values());
  }

  @Override
  public synchronized List<HubReport> hubs() {
    hub.refuseWhenAway();
    return List.copyOf(hubs.values());
  }

  @Override
  public synchronized void report(ManagerReport manager) {
    managers.put(manager.name(), manager);
  }
}
