/** Measures tests of kind {@code tls}: a handshake, and what the server shows of itself. */
@NullMarked
package dev.jiggety.agent.probe.tls;

import org.jspecify.annotations.NullMarked;
