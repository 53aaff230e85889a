package dev.jiggety.repository;

import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import java.util.List;

/**
 * What managers and embedded hubs say of themselves. Throws {@link HubException} when the hub
 * cannot be asked.
 */
public interface HealthRepository {

  /** All managers, by name. */
  List<ManagerReport> managers();

  /** All embedded hubs; empty where the hub is a CouchDB server. */
  List<HubReport> hubs();

  /** Writes a manager's own document, over whatever stood there. */
  void report(ManagerReport manager);
}
