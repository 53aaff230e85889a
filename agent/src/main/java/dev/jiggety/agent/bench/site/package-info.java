/**
 * {@code bench site}: a hub with tests, nodes, a long past and results that go on coming, for
 * benchmarks of whoever looks at hubs.
 */
@NullMarked
package dev.jiggety.agent.bench.site;

import org.jspecify.annotations.NullMarked;
