package dev.jiggety.model;

import java.time.Instant;

/**
 * What an operator asks of a rollout that is under way, or waits for it.
 *
 * @param id lower-case letters, digits and hyphens, 1 to 64; never used twice
 * @param rollout the rollout that it is about
 * @param act what shall happen
 * @param by the operator's name
 * @param reason why, for the record
 * @param created when, by the operator's clock
 */
public record OperatorCommand(
    String id, String rollout, Cause.Act act, String by, String reason, Instant created) {}
