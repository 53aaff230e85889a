package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What has to hold for every tree and every order in which its paths arrive. */
class RevisionTreePropertiesTest {

  private record Path(List<Revision> history, boolean deleted, long body) {}

  /** A random history with branches; each path is one revision with all that it grew out of. */
  private static List<Path> randomPaths(Random random) {
    var paths = new ArrayList<Path>();
    var count = 1 + random.nextInt(25);
    for (var i = 0; i < count; i++) {
      var history = new ArrayList<Revision>();
      if (!paths.isEmpty() && random.nextInt(8) > 0) {
        history.addAll(paths.get(random.nextInt(paths.size())).history);
      }
      var generation = history.isEmpty() ? 1 : history.getFirst().generation() + 1;
      var hash =
          random.nextBoolean()
              ? "%032x".formatted(random.nextInt(1 << 20))
              : Integer.toString(random.nextInt(1 << 20), 36);
      history.addFirst(new Revision(generation, hash));
      paths.add(new Path(List.copyOf(history), random.nextInt(4) == 0, i + 1L));
    }
    return paths;
  }

  private static RevisionTree build(List<Path> paths) {
    var tree = RevisionTree.EMPTY;
    for (var path : paths) {
      tree = tree.add(path.history, path.deleted, path.body);
    }
    return tree;
  }

  private static List<Revision> leaves(RevisionTree tree) {
    return tree.leaves().stream().map(RevisionTree.Node::rev).toList();
  }

  @Property(tries = 300)
  void theOrderOfArrivalDoesNotMatter(@ForAll long seed) {
    var random = new Random(seed);
    var paths = randomPaths(random);
    var one = build(paths);

    Collections.shuffle(paths, random);
    var other = build(paths);

    assertThat(leaves(other)).isEqualTo(leaves(one));
    assertThat(other.winner().rev()).isEqualTo(one.winner().rev());
    assertThat(other.winner().deleted()).isEqualTo(one.winner().deleted());
    for (var leaf : leaves(one)) {
      assertThat(other.history(leaf)).isEqualTo(one.history(leaf));
    }
  }

  @Property(tries = 300)
  void hearingItAgainChangesNothing(@ForAll long seed) {
    var random = new Random(seed);
    var paths = randomPaths(random);
    var tree = build(paths);

    for (var path : paths) {
      assertThat(tree.add(path.history, path.deleted, path.body)).isSameAs(tree);
    }
  }

  @Property(tries = 300)
  void theWinnerIsTheGreatestLeafAndLeavesHaveNoChildren(@ForAll long seed) {
    var tree = build(randomPaths(new Random(seed)));
    var leaves = tree.leaves();

    assertThat(leaves.getFirst()).isEqualTo(tree.winner());
    for (var leaf : leaves) {
      assertThat(tree.nodes())
          .allSatisfy(node -> assertThat(node.parents()).doesNotContain(leaf.rev()));
      assertThat(tree.winner().deleted() && !leaf.deleted()).isFalse();
      if (leaf.deleted() == tree.winner().deleted()) {
        assertThat(leaf.rev()).isLessThanOrEqualTo(tree.winner().rev());
      }
    }
  }

  @Property(tries = 300)
  void stemmingKeepsLeavesAndWinnerAndBoundsEveryHistory(@ForAll long seed) {
    var random = new Random(seed);
    var tree = build(randomPaths(random));
    var limit = 1 + random.nextInt(5);

    var stemmed = tree.stem(limit);

    assertThat(leaves(stemmed)).isEqualTo(leaves(tree));
    assertThat(stemmed.nodes()).hasSizeLessThanOrEqualTo(limit * leaves(tree).size());
    for (var leaf : leaves(tree)) {
      // A branch may keep more than the limit where a shorter one beside it still needs the rest.
      assertThat(stemmed.history(leaf))
          .startsWith(tree.history(leaf).stream().limit(limit).toArray(Revision[]::new));
    }
    assertThat(stemmed.stem(limit)).isEqualTo(stemmed);
  }

  @Property(tries = 300)
  void textAndBackIsTheSameTree(@ForAll long seed) {
    var tree = build(randomPaths(new Random(seed)));

    assertThat(RevisionTreeText.read(RevisionTreeText.write(tree))).isEqualTo(tree);
  }
}
