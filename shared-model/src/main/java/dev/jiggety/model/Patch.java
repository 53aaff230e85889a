package dev.jiggety.model;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An operator's immutable set of changes. Any value can be built; {@code model.rules.PatchRules}
 * says what is wrong with it.
 *
 * @param id lower-case letters, digits and hyphens, 1 to 64; never used twice
 * @param author the operator's name
 * @param created when it was made, by the author's clock
 * @param comment why, one line or more
 * @param strategy how it is to be carried out
 * @param expires when it must have been begun; later it is not carried out any more
 * @param changes at most one for each document
 */
public record Patch(
    String id,
    String author,
    Instant created,
    String comment,
    StrategyChoice strategy,
    Instant expires,
    List<Change> changes) {

  public Patch {
    changes = List.copyOf(changes);
  }

  /** It as it stands in the records of rollouts, at its place in the line; 0 for none yet. */
  public Rollout.Rider rider(long seq) {
    return new Rollout.Rider(
        id,
        seq,
        author,
        changes.stream().map(Change::target).collect(Collectors.toCollection(TreeSet::new)));
  }
}
