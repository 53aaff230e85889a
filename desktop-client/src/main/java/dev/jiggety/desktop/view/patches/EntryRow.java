package dev.jiggety.desktop.view.patches;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.basket.BasketEntry.Standing;
import dev.jiggety.desktop.basket.Rebase;
import dev.jiggety.document.Contents.FieldDifference;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.TestDefinition;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A change in the basket, as it is shown.
 *
 * @param standing how it stands to what is in force
 * @param theirs what is in force; null where there is nothing
 * @param problems what is wrong with it
 * @param runs nodes that will run the test
 * @param stops nodes that run it now and will not any more
 * @param known how many nodes there are
 */
public record EntryRow(
    BasketEntry entry,
    Standing standing,
    @Nullable JsonObject theirs,
    List<Problem> problems,
    NavigableSet<String> runs,
    NavigableSet<String> stops,
    int known) {

  static EntryRow of(
      BasketEntry entry, @Nullable JsonObject theirs, boolean heard, Collection<NodeStatus> nodes) {
    NavigableSet<String> runs = nodes(entry.wantedTest(), nodes);
    NavigableSet<String> stops = nodes(entry.baseTest(), nodes);
    stops.removeAll(runs);
    return new EntryRow(
        entry,
        heard ? entry.against(theirs) : Standing.FITS,
        theirs,
        entry.problems(),
        runs,
        stops,
        nodes.size());
  }

  /** Whether a person has to decide before it can be submitted. */
  public boolean isConflict() {
    return standing.isConflict();
  }

  /** The fields that differ: with what is in force too where somebody changed it. */
  public List<FieldDifference> differences() {
    return isConflict() ? Rebase.differences(entry, theirs) : Rebase.changes(entry);
  }

  private static NavigableSet<String> nodes(
      Optional<TestDefinition> test, Collection<NodeStatus> nodes) {
    NavigableSet<String> names = new TreeSet<>();
    test.filter(TestDefinition::active)
        .ifPresent(it ->
            nodes.stream()
                .filter(node -> it.where().includes(node.name(), node.tags()))
                .map(NodeStatus::name)
                .forEach(names::add));
    return names;
  }
}
