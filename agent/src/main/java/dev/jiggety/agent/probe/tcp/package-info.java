/** Measures tests of kind {@code tcp}: a connection, and perhaps a few words. */
@NullMarked
package dev.jiggety.agent.probe.tcp;

import org.jspecify.annotations.NullMarked;
