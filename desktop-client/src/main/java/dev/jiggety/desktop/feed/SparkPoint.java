package dev.jiggety.desktop.feed;

/**
 * A point of a sparkline.
 *
 * @param millis response time in milliseconds
 * @param failed whether a run behind it failed
 */
public record SparkPoint(double millis, boolean failed) {}
