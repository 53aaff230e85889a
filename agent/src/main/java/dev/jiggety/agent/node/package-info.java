/**
 * The testing node: wires replica, schedule, probes, outbox and replication together. Goes on
 * testing without a hub, and needs none to start. Holds no rules of its own.
 */
@NullMarked
package dev.jiggety.agent.node;

import org.jspecify.annotations.NullMarked;
