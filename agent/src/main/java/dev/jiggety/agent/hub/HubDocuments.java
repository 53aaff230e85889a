package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentIds;

/**
 * Local documents in which the hub itself keeps what belongs to a database; no route shows them.
 */
final class HubDocuments {
  /** How their ids begin. */
  static final String PREFIX = DocumentIds.LOCAL + ".hub.";

  private HubDocuments() {}
}
