/** {@code bench history}: what the archive costs, and how fast charts come out of it. */
@NullMarked
package dev.jiggety.agent.bench.history;

import org.jspecify.annotations.NullMarked;
