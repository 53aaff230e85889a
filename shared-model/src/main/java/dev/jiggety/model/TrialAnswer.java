package dev.jiggety.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request to try a test: the manager's word, or a node's.
 *
 * @param request the request's id
 * @param node who answers; empty for the patch manager, which passes requests on
 * @param refusal why it was not run, or not passed on; null when it was
 * @param text one line for people: why, or what was done
 * @param run what a node found out; null from a manager and with a refusal
 * @param at when it was answered, by the clock of who answers
 */
public record TrialAnswer(
    String request,
    String node,
    @Nullable TrialRefusal refusal,
    String text,
    @Nullable Run run,
    Instant at) {

  /** Whether the manager says it. */
  public boolean isManagers() {
    return node.isEmpty();
  }
}
