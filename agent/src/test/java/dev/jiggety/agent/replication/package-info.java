/** Tests of replication, with peers in memory whose faults can be chosen. */
@NullMarked
package dev.jiggety.agent.replication;

import org.jspecify.annotations.NullMarked;
