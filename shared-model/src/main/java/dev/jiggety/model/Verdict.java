package dev.jiggety.model;

import java.util.Locale;

/** What a run, or a test over all its nodes, says about the site. */
public enum Verdict {
  /** Everything asked for was right, in time. */
  UP,
  /** Right, but slower than the test allows before it is called degraded. */
  DEGRADED,
  /** Wrong or not there, and the node is sure that it is not its own doing. */
  DOWN,
  /** The node cannot tell: it is offline, overloaded, or its clock is off. Never an alarm. */
  UNKNOWN;

  /** The lower-case name that documents and screens use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
