package dev.jiggety.model;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stays of a sample when its run is packed away.
 *
 * @param plannedAt when the schedule wanted its run, to the millisecond: with test and node the key
 *     of the run. Samples of one run stand one after another
 * @param startedAt to the millisecond
 * @param total as in {@link Sample}; off by at most a hundredth
 * @param phases each off by at most a hundredth
 * @param status the last HTTP status, 0 for none
 * @param verdict that of its run
 * @param error why it failed; null when it passed
 */
public record Point(
    Instant plannedAt,
    Instant startedAt,
    Duration total,
    Phases phases,
    int status,
    Verdict verdict,
    @Nullable ErrorKind error) {}
