package dev.jiggety.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RevisionTreeTest {

  private static Revision rev(String text) {
    return Revision.parse(text);
  }

  private static List<Revision> path(String... revisions) {
    return Arrays.stream(revisions).map(Revision::parse).toList();
  }

  private static List<String> leaves(RevisionTree tree) {
    return tree.leaves().stream().map(leaf -> leaf.rev().toString()).toList();
  }

  @Test
  void theHigherGenerationWins() {
    var tree = RevisionTree.EMPTY.add(path("2-a", "1-x"), false, 1).add(path("1-zz"), false, 2);

    assertThat(tree.winner().rev()).isEqualTo(rev("2-a"));
  }

  @Test
  void ofOneGenerationTheGreaterHashWins() {
    var hex = "1-" + "f".repeat(32);
    var tree = RevisionTree.EMPTY.add(path("1-zz"), false, 1).add(path(hex), false, 2);

    assertThat(leaves(tree)).containsExactly(hex, "1-zz");
  }

  @Test
  void aLivingLeafBeatsEveryDeletedOne() {
    var tree =
        RevisionTree.EMPTY
            .add(path("5-a", "4-a", "3-a", "2-a", "1-a"), true, 1)
            .add(path("2-b", "1-a"), false, 2);

    assertThat(tree.winner().rev()).isEqualTo(rev("2-b"));
    assertThat(leaves(tree)).containsExactly("2-b", "5-a");
  }

  @Test
  void ofDeletedLeavesTheGreatestWins() {
    var tree = RevisionTree.EMPTY.add(path("2-b", "1-a"), true, 1).add(path("2-c", "1-a"), true, 2);

    assertThat(tree.winner().rev()).isEqualTo(rev("2-c"));
  }

  @Test
  void aPathExtendsTheLeafItGrewOutOf() {
    var tree =
        RevisionTree.EMPTY.add(path("1-a"), false, 1).add(path("3-c", "2-b", "1-a"), false, 2);

    assertThat(leaves(tree)).containsExactly("3-c");
    assertThat(tree.history(rev("3-c"))).isEqualTo(path("3-c", "2-b", "1-a"));
    assertThat(tree.node(rev("2-b"))).hasValueSatisfying(node -> assertThat(node.body()).isZero());
  }

  @Test
  void separateRootsJoinWhenAPathSpansThem() {
    var tree =
        RevisionTree.EMPTY
            .add(path("2-b", "1-a"), false, 1)
            .add(path("5-e", "4-d"), false, 2)
            .add(path("6-f", "5-e", "4-d", "3-c", "2-b"), false, 3);

    assertThat(leaves(tree)).containsExactly("6-f");
    assertThat(tree.history(rev("6-f"))).isEqualTo(path("6-f", "5-e", "4-d", "3-c", "2-b", "1-a"));
  }

  @Test
  void whatIsKnownChangesNothing() {
    var tree = RevisionTree.EMPTY.add(path("3-c", "2-b", "1-a"), false, 1);

    assertThat(tree.add(path("3-c", "2-b", "1-a"), false, 9)).isSameAs(tree);
    assertThat(tree.add(path("2-b", "1-a"), false, 9)).isSameAs(tree);
  }

  @Test
  void aHistoryWithAGapIsRefused() {
    assertThatThrownBy(() -> RevisionTree.EMPTY.add(path("3-c", "1-a"), false, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stemmingKeepsTheNewestOfEveryLeaf() {
    var tree =
        RevisionTree.EMPTY
            .add(path("4-d", "3-c", "2-b", "1-a"), false, 1)
            .add(path("2-x", "1-a"), false, 2)
            .stem(2);

    assertThat(leaves(tree)).containsExactly("4-d", "2-x");
    assertThat(tree.history(rev("4-d"))).isEqualTo(path("4-d", "3-c"));
    assertThat(tree.history(rev("2-x"))).isEqualTo(path("2-x", "1-a"));
    assertThat(tree.contains(rev("2-b"))).isFalse();
  }

  @Test
  void anEditOfABranchFromBeforeTheStemIsAConflict() {
    var tree =
        RevisionTree.EMPTY
            .add(path("4-d", "3-c", "2-b", "1-a"), false, 1)
            .stem(2)
            .add(path("3-y", "2-x", "1-a"), false, 2);

    assertThat(leaves(tree)).containsExactly("4-d", "3-y");
  }

  @Test
  void latestFollowsARevisionToItsLeaves() {
    var tree =
        RevisionTree.EMPTY
            .add(path("3-c", "2-b", "1-a"), false, 1)
            .add(path("2-x", "1-a"), false, 2);

    assertThat(tree.latest(rev("2-b"))).extracting(RevisionTree.Node::rev).isEqualTo(path("3-c"));
    assertThat(tree.latest(rev("1-a")))
        .extracting(RevisionTree.Node::rev)
        .isEqualTo(path("3-c", "2-x"));
    assertThat(tree.latest(rev("1-b"))).isEmpty();
  }

  @Test
  void possibleAncestorsAreLeavesOfLowerGeneration() {
    var tree =
        RevisionTree.EMPTY
            .add(path("3-c", "2-b", "1-a"), false, 1)
            .add(path("2-x", "1-a"), false, 2);

    assertThat(tree.missing(path("3-z", "2-b"))).isEqualTo(path("3-z"));
    assertThat(tree.possibleAncestors(path("3-z"))).isEqualTo(path("2-x"));
    assertThat(tree.possibleAncestors(path("4-z"))).isEqualTo(path("3-c", "2-x"));
  }

  @Test
  void withoutALeafItsOwnBranchGoesAndTheSharedStaysKnown() {
    var tree =
        RevisionTree.EMPTY
            .add(path("4-d", "3-c", "2-b", "1-a"), false, 1)
            .add(path("3-y", "2-b", "1-a"), false, 2);

    var rest = tree.without(path("4-d"));

    assertThat(leaves(rest)).containsExactly("3-y");
    assertThat(rest.contains(rev("3-c"))).isFalse();
    assertThat(rest.contains(rev("2-b"))).isTrue();
    assertThat(tree.without(path("2-b"))).isSameAs(tree);
    assertThat(rest.without(path("3-y")).isEmpty()).isTrue();
  }

  @Test
  void peersThatDisagreeOnAHistoryStillAgreeOnTheLeaves() {
    var one =
        RevisionTree.EMPTY
            .add(path("2-c", "1-a"), false, 1)
            .add(path("3-d", "2-c", "1-b"), false, 2);
    var other =
        RevisionTree.EMPTY
            .add(path("3-d", "2-c", "1-b"), false, 1)
            .add(path("2-e", "1-a"), false, 2);

    assertThat(leaves(one)).containsExactly("3-d");
    assertThat(leaves(other)).containsExactly("3-d", "2-e");
    assertThat(one.history(rev("3-d"))).isEqualTo(path("3-d", "2-c", "1-b"));
  }

  @Test
  void itsTextBringsItBack() {
    var tree =
        RevisionTree.EMPTY
            .add(path("2-c", "1-a"), true, 17)
            .add(path("3-d", "2-c", "1-b"), false, 2)
            .add(path("1-odd hash!<0,1#2%"), false, 3)
            .add(path("2-" + "e".repeat(32)), false, 4);

    var text = RevisionTreeText.write(tree);

    assertThat(RevisionTreeText.read(text)).isEqualTo(tree);
    assertThat(RevisionTreeText.read("")).isEqualTo(RevisionTree.EMPTY);
    assertThat(RevisionTreeText.write(RevisionTree.EMPTY.add(path("2-b", "1-a"), true, 5)))
        .isEqualTo("1-a 2-b!<0#5");
  }
}
