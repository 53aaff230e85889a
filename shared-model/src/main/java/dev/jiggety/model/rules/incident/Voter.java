package dev.jiggety.model.rules.incident;

/** What counts of one node at a moment. Mutable; a part of one {@link Fold}. */
final class Voter {
  /** Its last word. */
  Said last;

  /** Whether that word is not too old. */
  boolean fresh = true;

  /** How many bad words came in a row; those that cannot tell do not count. */
  int streak;

  /** When the bad run before the last bad one began; of a streak of two and more. */
  long before;

  /** The last bad word of the streak. */
  private Said lastBad;

  Voter(Said first) {
    last = first;
    lastBad = first;
    streak = first.isBad() ? 1 : 0;
    before = first.start();
  }

  private Voter(Voter other) {
    last = other.last;
    fresh = other.fresh;
    streak = other.streak;
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
      lastBad = word;
    } else if (word.canTell()) {
      streak = 0;
    }
    last = word;
    fresh = true;
  }

  boolean votes() {
    return fresh && last.canTell();
  }

  boolean isAgainst() {
    return fresh && last.isBad();
  }
}
