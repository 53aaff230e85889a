package dev.jiggety.base;

import java.time.Duration;

/**
 * How far another machine's clock is from ours.
 *
 * @param offset its clock minus ours
 * @param within how far off that may be, to either side; never negative
 */
public record ClockOffset(Duration offset, Duration within) {}
