package dev.jiggety.model;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** Why a rollout went from one state to another, with the evidence. */
public sealed interface Cause {

  /** Whether it speaks against the patches, so that the bad one among several is to be found. */
  default boolean blames() {
    return false;
  }

  /** It went as planned. */
  record Planned(String evidence) implements Cause {}

  /** An operator wished it. */
  record Operator(Act act, String by, String reason) implements Cause {}

  /** A state lasted too long. */
  record Deadline(String evidence) implements Cause {}

  /** Not enough is known to go on or to turn back. */
  record Inconclusive(String evidence) implements Cause {}

  /** Changed tests fail on a node where the tests in force pass. */
  record AtFault(SortedSet<String> tests, String node) implements Cause {
    public AtFault {
      tests = Collections.unmodifiableSortedSet(new TreeSet<>(tests));
    }

    @Override
    public boolean blames() {
      return true;
    }
  }

  /** Nodes fail, or are silent. */
  record NodesFailed(SortedSet<String> nodes, String error) implements Cause {
    public NodesFailed {
      nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    @Override
    public boolean blames() {
      return true;
    }
  }

  /** Checking it, or writing the head, failed. */
  record NotApplied(String error) implements Cause {}

  /** The checks refuse these patches. */
  record Refused(SortedSet<String> patches, List<String> problems) implements Cause {
    public Refused {
      patches = Collections.unmodifiableSortedSet(new TreeSet<>(patches));
      problems = List.copyOf(problems);
    }
  }

  /** Another rollout took it along. */
  record Joined(String ride) implements Cause {}

  /** What an operator can ask for. */
  enum Act {
    /** Agrees as the second operator. */
    APPROVE,
    /** Disagrees as the second operator. */
    DENY,
    /** Takes it back before it touches anything. */
    CANCEL,
    PAUSE,
    RESUME,
    /** Ends it wherever it is; does nothing where nothing goes on. */
    ABORT,
    /** Like abort; of a completed rollout, a new patch that brings the content before it back. */
    ROLLBACK,
    /** The obstacle is mended: try the held one again. */
    RETRY,
    /** Give the held one up. */
    SKIP;

    /** The lower-case name that documents and commands use. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
