package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.basket.Rebase;
import dev.jiggety.document.Contents.FieldDifference;
import dev.jiggety.document.Contents.FieldDifference.Who;
import dev.jiggety.document.Stored;
import dev.jiggety.model.TestDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else changed the test meanwhile.
 *
 * @param theirs how it stands now; null when it was deleted
 * @param fields the fields that they changed
 * @param both those of them that were changed here too, to something else
 */
public record Conflict(
    @Nullable Stored<TestDefinition> theirs, Set<String> fields, Set<String> both) {

  static Conflict between(BasketEntry mine, @Nullable Stored<TestDefinition> theirs) {
    if (theirs == null) {
      return new Conflict(null, Set.of(), Set.of());
    }
    List<FieldDifference> differences = Rebase.differences(mine, theirs.raw());
    return new Conflict(
        theirs,
        places(differences, Set.of(Who.THEIRS, Who.CONFLICT)),
        places(differences, Set.of(Who.CONFLICT)));
  }

  /** Theirs with everything that was changed here on top. */
  static TestDefinition merge(BasketEntry mine, Stored<TestDefinition> theirs, Instant now) {
    Set<String> places =
        places(Rebase.differences(mine, theirs.raw()), Set.of(Who.MINE, Who.CONFLICT));
    return Rebase.onto(mine, theirs.raw(), places, now)
        .flatMap(BasketEntry::wantedTest)
        .orElse(theirs.value());
  }

  private static Set<String> places(List<FieldDifference> differences, Set<Who> who) {
    return differences.stream()
        .filter(it -> who.contains(it.who()))
        .map(FieldDifference::place)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
