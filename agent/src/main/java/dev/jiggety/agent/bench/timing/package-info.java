/**
 * How true the times of the http probe are. A truth server, in a process of its own, delays each
 * phase of an answer and says by its own monotonic clock what it did; the benchmark compares.
 */
@NullMarked
package dev.jiggety.agent.bench.timing;

import org.jspecify.annotations.NullMarked;
