/**
 * One HTTP exchange, timed phase by phase on the monotonic clock, and what it is made of: names,
 * connections, TLS, cookies, redirects, and the one table from what goes wrong to what people read.
 * Tests and browsers stand on it; it knows the model only. {@link HopClient} is where to start.
 */
@NullMarked
package dev.jiggety.agent.exchange;

import org.jspecify.annotations.NullMarked;
