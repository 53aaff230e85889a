package dev.jiggety.desktop.view.tests;

import dev.jiggety.model.Placement;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One change of several tests; what is null stays as it is in each. Pure.
 *
 * @param tagsToAdd tags that each gets
 * @param tagsToRemove tags that each loses
 * @param schedule when they run
 * @param where on which nodes
 * @param active whether they run at all
 */
public record BulkChange(
    Set<String> tagsToAdd,
    Set<String> tagsToRemove,
    @Nullable Schedule schedule,
    @Nullable Placement where,
    @Nullable Boolean active) {
  private static final Pattern SEPARATORS = Pattern.compile("[\\s,;]+");

  /** The test, changed. */
  public TestDefinition apply(TestDefinition test) {
    TreeSet<String> tags = new TreeSet<>(test.tags());
    tags.removeAll(tagsToRemove);
    tags.addAll(tagsToAdd);
    TestDefinition.Builder changed = test.toBuilder().tags(tags);
    if (schedule != null) {
      changed.schedule(schedule);
    }
    if (where != null) {
      changed.where(where);
    }
    return active == null ? changed.build() : changed.active(active).build();
  }

  /** The words of a text, separated by blanks, commas or semicolons. */
  static Set<String> words(String text) {
    Collection<String> words =
        SEPARATORS.splitAsStream(text.strip()).filter(word -> !word.isEmpty()).toList();
    return new TreeSet<>(List.copyOf(words));
  }
}
