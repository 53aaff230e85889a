package dev.jiggety.model;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/**
 * What a manager wants to do to the head. It says what is meant, not what shall stand there: {@code
 * model.rules.Heads} makes the next head of it and of the one that is found, so that doing it twice
 * does nothing, and turning back is right whether the promotion before it was heard of or not.
 */
public sealed interface HeadChange {

  /** What kind of change it is. */
  Step step();

  /** Fences off managers with a lower epoch; changes nothing else. */
  record TakeOver() implements HeadChange {
    @Override
    public Step step() {
      return Step.TAKE_OVER;
    }
  }

  /** Says the same once more, so that it does not expire. */
  record Renew() implements HeadChange {
    @Override
    public Step step() {
      return Step.RENEW;
    }
  }

  /**
   * Puts a candidate up for trial.
   *
   * @param ride the rollout
   * @param seqs places in the line of the patches that ride, ascending
   * @param tombstones places that were given up since the last ride
   * @param again whether these patches were taken up before, in a ride that failed
   * @param base the digest that the candidate was made from
   * @param digest the candidate's
   * @param canaries who tries it
   */
  record Stage(
      String ride,
      List<Long> seqs,
      List<Long> tombstones,
      boolean again,
      String base,
      String digest,
      SortedSet<String> canaries)
      implements HeadChange {
    @Override
    public Step step() {
      return Step.STAGE;
    }
  }

  /** Lets a wave swap; the first one puts the candidate in force. */
  record Promote(String ride, Head.Reach reach, Duration confirmWithin) implements HeadChange {
    @Override
    public Step step() {
      return Step.PROMOTE;
    }
  }

  /** Gives nodes that have swapped more time before they go back by themselves. */
  record Extend(String ride, Duration confirmWithin) implements HeadChange {
    @Override
    public Step step() {
      return Step.EXTEND;
    }
  }

  /** Confirms it everywhere. */
  record Complete(String ride) implements HeadChange {
    @Override
    public Step step() {
      return Step.COMPLETE;
    }
  }

  /** Takes the candidate away, or puts in force again what was before: a new, higher release. */
  record TurnBack(String ride) implements HeadChange {
    @Override
    public Step step() {
      return Step.TURN_BACK;
    }
  }

  /** Kinds of changes. */
  enum Step {
    TAKE_OVER,
    RENEW,
    STAGE,
    PROMOTE,
    EXTEND,
    COMPLETE,
    TURN_BACK;

    /** The lower-case, hyphenated name that documents use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
