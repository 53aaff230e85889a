package dev.jiggety.model;

import java.time.Instant;

/**
 * An operator's signed word that a node is no member any more.
 *
 * @param id never used twice
 * @param node the node's name
 * @param standing what it is from then on: retired or revoked
 * @param since when the member that is meant got the standing that the operator saw; without effect
 *     on one of that name that was let in later
 * @param reason why, for the record; empty for none
 * @param created when, by the operator's clock
 * @param by the operator
 */
public record Dismissal(
    String id,
    String node,
    Member.Standing standing,
    Instant since,
    String reason,
    Instant created,
    String by) {}
