/**
 * The words of the product as immutable records and sealed types: tests, schedules, runs, samples,
 * phases, verdicts, batches of results, nodes, patches, rollouts, the head. No JSON, no clock, no
 * I/O; what is right or wrong about a value, and what follows from it, stands in {@link
 * dev.jiggety.model.rules}.
 */
@NullMarked
package dev.jiggety.model;

import org.jspecify.annotations.NullMarked;
