package dev.jiggety.model;

import java.time.Instant;

/**
 * What makes a run the same run wherever it is seen: a node runs a test at most once for a planned
 * time.
 *
 * @param testId the test
 * @param node the node's name
 * @param plannedAt the time at which the schedule wanted it, to the millisecond
 */
public record RunKey(String testId, String node, Instant plannedAt) {}
