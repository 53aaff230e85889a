/**
 * Figures of this program for those who watch it: a Prometheus endpoint and a push by OTLP, both
 * from the same snapshots. It reads the parts through suppliers that whoever starts a role hands
 * over; the parts do not know that somebody looks. What is not asked for is not started.
 */
@NullMarked
package dev.jiggety.agent.metrics;

import org.jspecify.annotations.NullMarked;
