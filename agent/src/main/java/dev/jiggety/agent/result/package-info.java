/**
 * Results on their way to the hub. A finished run is durable in the {@link
 * dev.jiggety.agent.result.Outbox} at once; every few seconds what came in becomes a batch document
 * in the local store, from where replication carries it to the hub. Nothing is lost or doubled when
 * the process is killed at any moment.
 */
@NullMarked
package dev.jiggety.agent.result;

import org.jspecify.annotations.NullMarked;
