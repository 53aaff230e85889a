/**
 * What a measurement is: {@link dev.jiggety.agent.probe.Probe}, one implementation for each kind of
 * test, found by {@link java.util.ServiceLoader}; {@link dev.jiggety.agent.probe.RunExecutor} makes
 * a run of it, with samples and retries; {@link dev.jiggety.agent.probe.HiccupMeter} knows when the
 * machine itself stood still. Knows the model and nothing else: not why it measures, nor where the
 * result goes.
 */
@NullMarked
package dev.jiggety.agent.probe;

import org.jspecify.annotations.NullMarked;
