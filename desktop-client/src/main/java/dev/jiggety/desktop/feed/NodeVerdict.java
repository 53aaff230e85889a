package dev.jiggety.desktop.feed;

import dev.jiggety.model.Verdict;

/**
 * The last word of one node on a test.
 *
 * @param last the run behind it
 * @param fresh whether it is recent enough to count
 */
public record NodeVerdict(String node, RunPoint last, boolean fresh) {
  /** What the node says now: what is no longer fresh says nothing. */
  public Verdict verdict() {
    return fresh ? last.verdict() : Verdict.UNKNOWN;
  }
}
