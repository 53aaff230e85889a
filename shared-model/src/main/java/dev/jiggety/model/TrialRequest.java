package dev.jiggety.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An operator's request that nodes run a test once, at once, beside all that they do. The test need
 * not be in force; it is the whole of it that stands here.
 *
 * @param id lower-case letters, digits and hyphens, 1 to 64; never used twice
 * @param by the operator's name
 * @param created when, by the operator's clock
 * @param expires from when on no node begins any more; soon after {@code created}
 * @param nodes who shall run it; empty for every node that the test's placement names
 * @param test what to run
 */
public record TrialRequest(
    String id,
    String by,
    Instant created,
    Instant expires,
    SortedSet<String> nodes,
    TestDefinition test) {

  public TrialRequest {
    nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
  }

  /** Whether that node is asked. */
  public boolean asks(String node, Collection<String> tags) {
    return nodes.isEmpty() ? test.where().includes(node, tags) : nodes.contains(node);
  }
}
