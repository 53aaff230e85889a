/**
 * One HTTP exchange, timed phase by phase on the monotonic clock, and what it is made of: names,
 * connections, TLS, cookies, redirects, and the one table from what goes wrong to what people read.
 * Tests and browsers stand on it; it knows the model only. {@link HopClient} is where to start. The
 * straight way is our own ({@code WireExchange}), all others lead through OkHttp.
 */
@NullMarked
package dev.jiggety.agent.exchange;

import org.jspecify.annotations.NullMarked;
