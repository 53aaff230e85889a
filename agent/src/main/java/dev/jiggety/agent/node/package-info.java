/**
 * The testing node: follows the configuration in its own replica, runs the tests that are meant for
 * it, and sends the results home. Works from what it has while the hub is away. {@link
 * dev.jiggety.agent.node.TestingNode} wires the parts and does nothing else.
 */
@NullMarked
package dev.jiggety.agent.node;

import org.jspecify.annotations.NullMarked;
