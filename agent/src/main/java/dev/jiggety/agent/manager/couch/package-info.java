/**
 * What the manager asks of its ports, on a hub: compare-and-swap over revisions, lost answers found
 * out by reading, and feeds that go on by themselves.
 */
@NullMarked
package dev.jiggety.agent.manager.couch;

import org.jspecify.annotations.NullMarked;
