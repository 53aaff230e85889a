/**
 * Tests of kind {@code http}: one request on a connection of its own, timed phase by phase on the
 * monotonic clock, redirect by redirect. Built on OkHttp's events.
 */
@NullMarked
package dev.jiggety.agent.probe.http;

import org.jspecify.annotations.NullMarked;
