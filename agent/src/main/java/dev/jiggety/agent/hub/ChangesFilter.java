package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import dev.jiggety.agent.store.RevisionFilter;

/**
 * What a feed leaves out. Two filters are equal when they choose the same, so that feeds can share
 * the work.
 *
 * @param choice what says what it chooses
 * @param slow whether it may take long, so that others should not wait for it
 * @param revisions does the choosing
 */
record ChangesFilter(Object choice, boolean slow, RevisionFilter revisions) {

  /** By the design documents' ids. */
  static final ChangesFilter DESIGN =
      new ChangesFilter("_design", false, revision -> revision.id().startsWith("_design/"));

  /** A function of a design document's revision, called with a request. */
  record Call(String store, String design, String rev, String name, JsonObject request) {}

  @Override
  public boolean equals(Object other) {
    return other instanceof ChangesFilter filter && choice.equals(filter.choice);
  }

  @Override
  public int hashCode() {
    return choice.hashCode();
  }
}
