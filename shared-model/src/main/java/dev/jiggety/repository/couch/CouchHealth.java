package dev.jiggety.repository.couch;

import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.HubDocument;
import dev.jiggety.document.ManagerDocument;
import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.repository.HealthRepository;
import java.util.List;

/** The documents of managers and embedded hubs in the status database. */
final class CouchHealth implements HealthRepository {
  private final OwnDocuments<ManagerReport> managers;
  private final OwnDocuments<HubReport> hubs;

  CouchHealth(HubDatabase status) {
    managers = new OwnDocuments<>(status, ManagerDocument.TYPE);
    hubs = new OwnDocuments<>(status, HubDocument.TYPE);
  }

  @Override
  public List<ManagerReport> managers() {
    return managers.all();
  }

  @Override
  public List<HubReport> hubs() {
    return hubs.all();
  }

  @Override
  public void report(ManagerReport manager) {
    managers.report(manager);
  }
}
