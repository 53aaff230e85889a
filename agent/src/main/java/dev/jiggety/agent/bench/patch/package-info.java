/**
 * How fast patches travel, and that they come through whatever fails on the way: the program's own
 * roles as processes of their own, many light nodes in one process, and faults made on purpose.
 */
@NullMarked
package dev.jiggety.agent.bench.patch;

import org.jspecify.annotations.NullMarked;
