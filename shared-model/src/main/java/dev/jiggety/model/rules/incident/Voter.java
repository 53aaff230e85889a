package dev.jiggety.model.rules.incident;

import dev.jiggety.model.Verdict;

/** What counts of one node at a moment. Mutable; a part of one {@link Fold}. */
final class Voter {
  /** Its last word. */
  Said last;

  /** Whether that word is not too old. */
  boolean fresh = true;

  /** How many bad words came in a row; those that cannot tell do not count. */
  int streak;

  /** How many of the last of them were down, not just slow. */
  int downs;

  /** When the bad run before the last bad one began; of a streak of two and more. */
  long before;

  /** The last bad word of the streak. */
  private Said lastBad;

  Voter(Said first) {
    last = first;
    lastBad = first;
    streak = first.isBad() ? 1 : 0;
    downs = isDown(first) ? 1 : 0;
    before = first.start();
  }

  private Voter(Voter other) {
    last = other.last;
    fresh = other.fresh;
    streak = other.streak;
    downs = other.downs;
    before = other.before;
    lastBad = other.lastBad;
  }

  Voter copy() {
    return new Voter(this);
  }

  void say(Said word) {
    if (word.isBad()) {
      boolean inARow = streak > 0 && word.start() <= lastBad.staleAt();
      before = inARow ? lastBad.start() : word.start();
      streak = inARow ? streak + 1 : 1;
      downs = !isDown(word) ? 0 : inARow ? downs + 1 : 1;
      lastBad = word;
    } else if (word.canTell()) {
      streak = 0;
      downs = 0;
    }
    last = word;
    fresh = true;
  }

  private static boolean isDown(Said word) {
    return word.verdict() == Verdict.DOWN;
  }

  boolean votes() {
    return fresh && last.canTell();
  }

  boolean isAgainst() {
    return fresh && last.isBad();
  }
}
