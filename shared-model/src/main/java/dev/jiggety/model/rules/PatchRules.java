package dev.jiggety.model.rules;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Patch;
import dev.jiggety.model.StrategyChoice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with a patch in itself, place by place; edits are checked by {@link Digests}. */
public final class PatchRules {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
  private static final Pattern TARGET =
      Pattern.compile("settings|agent|[a-z]+:[^\\p{Cntrl}]{1,128}");
  private static final int LONGEST_COMMENT = 4000;

  /** More than anybody edits by hand, and what one document carries with ease. */
  private static final int MOST_CHANGES = 10_000;

  private PatchRules() {}

  /** Everything that is wrong; empty when it can be checked against what is in force. */
  public static List<Problem> problems(Patch patch) {
    List<Problem> problems = new ArrayList<>();
    if (!ID.matcher(patch.id()).matches()) {
      problems.add(
          new Problem(
              "id",
              "\"" + patch.id() + "\" must be 1 to 64 lower-case letters, digits and hyphens"));
    }
    if (patch.author().isBlank()) {
      problems.add(new Problem("author", "is empty"));
    }
    if (patch.comment().length() > LONGEST_COMMENT) {
      problems.add(new Problem("comment", "must have at most " + LONGEST_COMMENT + " characters"));
    }
    if (!patch.expires().isAfter(patch.created())) {
      problems.add(new Problem("expires", "must be later than created"));
    }
    if (patch.changes().isEmpty()) {
      problems.add(new Problem("changes", "is empty: there is nothing to do"));
    } else if (patch.changes().size() > MOST_CHANGES) {
      problems.add(new Problem("changes", "must be at most " + MOST_CHANGES + "; split it"));
    }
    Set<String> targets = new HashSet<>();
    for (int i = 0; i < patch.changes().size(); i++) {
      String target = patch.changes().get(i).target();
      String place = "changes[" + i + "]";
      if (!TARGET.matcher(target).matches()) {
        problems.add(new Problem(place, "\"" + target + "\" is no id of a document"));
      } else if (!targets.add(target)) {
        problems.add(new Problem(place, target + " is changed twice; keep one of the changes"));
      }
    }
    if (patch.strategy() instanceof StrategyChoice.Own own) {
      StrategyRules.problems(own.strategy()).stream()
          .map(problem -> problem.under("strategy"))
          .forEach(problems::add);
    }
    return List.copyOf(problems);
  }
}
