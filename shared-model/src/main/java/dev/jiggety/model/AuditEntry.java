package dev.jiggety.model;

import java.time.Instant;

/**
 * A line of the audit log. Each carries the digest of the one before it, so that none can be
 * changed, taken out or put in between unnoticed.
 *
 * @param number from 1, without gaps
 * @param at when it was decided, by the manager's clock
 * @param by who did it: {@code operator:ada}, {@code manager:m1}
 * @param about the document that it concerns, like {@code rollout:p-7}
 * @param event one of a few words: {@code transition}, {@code command}, {@code refused}, {@code
 *     took-over}, {@code keys}
 * @param text what happened and why, for people
 * @param evidence canonical JSON of what it was decided on
 * @param previous the digest of the entry before; 64 zeros for the first
 */
public record AuditEntry(
    long number,
    Instant at,
    String by,
    String about,
    String event,
    String text,
    String evidence,
    String previous) {}
