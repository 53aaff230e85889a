package dev.jiggety.model;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which nodes run a test: those that are named, and those that carry one of the tags. Nothing named
 * at all means every node.
 */
public record Placement(NavigableSet<String> tags, NavigableSet<String> nodes) {

  /** On every node. */
  public static final Placement EVERYWHERE = new Placement(new TreeSet<>(), new TreeSet<>());

  public Placement {
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
    nodes = Collections.unmodifiableNavigableSet(new TreeSet<>(nodes));
  }

  /** Whether a node of this name with these tags runs the test. */
  public boolean includes(String node, Collection<String> nodeTags) {
    return (tags.isEmpty() && nodes.isEmpty())
        || nodes.contains(node)
        || nodeTags.stream().anyMatch(tags::contains);
  }
}
