package dev.jiggety.agent.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a document's history: revisions, and which grew out of which. Immutable; no
 * input or output. Adding paths is a union of sets, so the order in which they arrive does not
 * matter: everyone who has heard of the same paths has the same leaves and the same winner (CouchDB
 * "Replication and conflict model"; {@code couch_key_tree}, {@code couch_doc:to_doc_info_path}).
 *
 * <p>A revision that is a leaf stands for a version of the document; several that are not deleted
 * are a conflict. A node may be known by name alone, without a body.
 */
public final class RevisionTree {

  /** The greatest is the winner: not deleted before deleted, then by revision. */
  private static final Comparator<Node> BY_WORTH =
      Comparator.<Node, Boolean>comparing(node -> !node.deleted).thenComparing(Node::rev);

  /** Of a document nobody has heard of. */
  public static final RevisionTree EMPTY = new RevisionTree(new TreeMap<>());

  private final SortedMap<Revision, Node> nodes;
  private final Set<Revision> inner;

  /**
   * One revision.
   *
   * @param parents what it grew out of; none for a root or where the rest was cut off. More than
   *     one only where peers disagree on the history of one and the same revision
   * @param body names where the body lies; 0 = there is none here
   */
  public record Node(Revision rev, List<Revision> parents, boolean deleted, long body) {
    public Node {
      parents = List.copyOf(parents);
    }
  }

  private RevisionTree(SortedMap<Revision, Node> nodes) {
    this.nodes = nodes;
    if (nodes.size() < 2) {
      this.inner = Set.of();
    } else {
      this.inner = new HashSet<>();
      nodes.values().forEach(node -> inner.addAll(node.parents));
    }
  }

  /** A tree of these nodes; each one's parents must be among them. */
  static RevisionTree of(Collection<Node> nodes) {
    var map = new TreeMap<Revision, Node>();
    nodes.forEach(node -> map.put(node.rev, node));
    return new RevisionTree(map);
  }

  /**
   * The tree with one more path. A head that is known already, as a leaf or further down, changes
   * nothing: the very same tree comes back.
   *
   * @param history newest first, each one generation below the one before
   * @param deleted whether the head is a tombstone
   * @param body where the head's body lies
   */
  public RevisionTree add(List<Revision> history, boolean deleted, long body) {
    var head = history.getFirst();
    if (nodes.containsKey(head)) {
      return this;
    }
    var grown = new TreeMap<>(nodes);
    for (var i = history.size() - 1; i >= 0; i--) {
      var rev = history.get(i);
      var parent = i + 1 < history.size() ? history.get(i + 1) : null;
      if (parent != null && parent.generation() != rev.generation() - 1) {
        throw new IllegalArgumentException("history with a gap between " + parent + " and " + rev);
      }
      var known = grown.get(rev);
      if (known == null) {
        var parents = parent == null ? List.<Revision>of() : List.of(parent);
        grown.put(rev, new Node(rev, parents, i == 0 && deleted, i == 0 ? body : 0));
      } else if (parent != null && !known.parents.contains(parent)) {
        var parents = new ArrayList<>(known.parents);
        parents.add(parent);
        Collections.sort(parents, Comparator.reverseOrder());
        grown.put(rev, new Node(rev, parents, known.deleted, known.body));
      }
    }
    return new RevisionTree(grown);
  }

  /** Whether nothing is known. */
  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /** Whether this revision is known, with or without body. */
  public boolean contains(Revision rev) {
    return nodes.containsKey(rev);
  }

  /** This revision. */
  public Optional<Node> node(Revision rev) {
    return Optional.ofNullable(nodes.get(rev));
  }

  /** All revisions, lowest first; parents before children. */
  public Collection<Node> nodes() {
    return Collections.unmodifiableCollection(nodes.values());
  }

  /** Whether this is a known revision out of which nothing has grown. */
  public boolean isLeaf(Revision rev) {
    return nodes.containsKey(rev) && !inner.contains(rev);
  }

  /** The leaves, the winner first. */
  public List<Node> leaves() {
    var leaves = new ArrayList<Node>();
    for (var node : nodes.values()) {
      if (!inner.contains(node.rev)) {
        leaves.add(node);
      }
    }
    leaves.sort(BY_WORTH.reversed());
    return leaves;
  }

  /**
   * The revision that stands for the document.
   *
   * @throws IllegalStateException for an empty tree
   */
  public Node winner() {
    Node best = null;
    for (var node : nodes.values()) {
      if (!inner.contains(node.rev) && (best == null || BY_WORTH.compare(node, best) > 0)) {
        best = node;
      }
    }
    if (best == null) {
      throw new IllegalStateException("no winner in an empty tree");
    }
    return best;
  }

  /** The revision and what it grew out of, newest first; empty for an unknown one. */
  public List<Revision> history(Revision rev) {
    var history = new ArrayList<Revision>();
    for (@Nullable Node node = nodes.get(rev); node != null; ) {
      history.add(node.rev);
      node = node.parents.isEmpty() ? null : nodes.get(node.parents.getFirst());
    }
    return history;
  }

  /** The leaves that grew out of this revision, or itself if it is one; the best first. */
  public List<Node> latest(Revision rev) {
    var latest = new ArrayList<Node>();
    for (var leaf : leaves()) {
      if (ancestors(leaf.rev, Integer.MAX_VALUE).contains(rev)) {
        latest.add(leaf);
      }
    }
    return latest;
  }

  /** Of these, the revisions that are not here. */
  public List<Revision> missing(Collection<Revision> wanted) {
    return wanted.stream().filter(rev -> !nodes.containsKey(rev)).toList();
  }

  /** Leaves from which one of the missing revisions may have grown: those of lower generation. */
  public List<Revision> possibleAncestors(Collection<Revision> missing) {
    var highest = missing.stream().mapToInt(Revision::generation).max().orElse(0);
    return leaves().stream().map(Node::rev).filter(rev -> rev.generation() < highest).toList();
  }

  /** Keeps of each leaf's history the newest {@code limit} generations, itself included. */
  public RevisionTree stem(int limit) {
    if (nodes.size() <= limit) {
      return this;
    }
    var kept = new HashSet<Revision>();
    for (var leaf : leaves()) {
      kept.addAll(ancestors(leaf.rev, limit));
    }
    return kept.size() == nodes.size() ? this : keepOnly(kept);
  }

  /** The tree without these leaves and without what hangs on them alone; others are left alone. */
  public RevisionTree without(Collection<Revision> leaves) {
    var kept = new HashSet<Revision>();
    for (var leaf : leaves()) {
      if (!leaves.contains(leaf.rev)) {
        kept.addAll(ancestors(leaf.rev, Integer.MAX_VALUE));
      }
    }
    return kept.size() == nodes.size() ? this : keepOnly(kept);
  }

  /** The tree in which only leaves have bodies. */
  public RevisionTree withoutInnerBodies() {
    var map = new TreeMap<Revision, Node>();
    for (var node : nodes.values()) {
      var bare = inner.contains(node.rev) && node.body != 0;
      map.put(node.rev, bare ? new Node(node.rev, node.parents, node.deleted, 0) : node);
    }
    return new RevisionTree(map);
  }

  /** How many revisions that are no leaves still have a body. */
  public int innerBodies() {
    return inner.isEmpty() ? 0 : (int) inner.stream().filter(rev -> bodyOf(rev) != 0).count();
  }

  /** Where the bodies lie. */
  public Set<Long> bodies() {
    var bodies = new HashSet<Long>();
    nodes.values().stream().map(Node::body).filter(body -> body != 0).forEach(bodies::add);
    return bodies;
  }

  /** The nearest revision of this history that has a body here. */
  Optional<Node> nearestWithBody(List<Revision> history) {
    return history.stream().filter(rev -> bodyOf(rev) != 0).findFirst().flatMap(this::node);
  }

  private long bodyOf(Revision rev) {
    var node = nodes.get(rev);
    return node == null ? 0 : node.body;
  }

  private RevisionTree keepOnly(Set<Revision> kept) {
    var map = new TreeMap<>(nodes);
    map.keySet().retainAll(kept);
    map.replaceAll((rev, node) ->
        kept.containsAll(node.parents)
            ? node
            : new Node(
                rev,
                node.parents.stream().filter(kept::contains).toList(),
                node.deleted,
                node.body));
    return new RevisionTree(map);
  }

  /** The revision and all it grew out of, at most {@code limit} generations. */
  private Set<Revision> ancestors(Revision rev, int limit) {
    var found = new HashSet<Revision>();
    var lowest = (long) rev.generation() - limit + 1;
    var open = new ArrayDeque<Revision>();
    open.add(rev);
    while (!open.isEmpty()) {
      var next = open.poll();
      var node = nodes.get(next);
      if (node != null && next.generation() >= lowest && found.add(next)) {
        open.addAll(node.parents);
      }
    }
    return found;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RevisionTree tree && nodes.equals(tree.nodes);
  }

  @Override
  public int hashCode() {
    return nodes.hashCode();
  }

  @Override
  public String toString() {
    return RevisionTreeText.write(this);
  }
}
