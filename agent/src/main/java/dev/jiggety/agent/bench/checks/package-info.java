/**
 * What a check costs a node: CPU and memory of the node's process alone, with the hub and the site
 * in processes of their own, and beside it what another program pays for the same.
 */
@NullMarked
package dev.jiggety.agent.bench.checks;

import org.jspecify.annotations.NullMarked;
