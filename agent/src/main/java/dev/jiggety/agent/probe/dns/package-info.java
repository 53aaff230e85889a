/** Measures tests of kind {@code dns}: a question to a name server, and what it answers. */
@NullMarked
package dev.jiggety.agent.probe.dns;

import org.jspecify.annotations.NullMarked;
