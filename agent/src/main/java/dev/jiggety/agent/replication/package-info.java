/**
 * Replication between two databases by CouchDB's protocol: changes, revisions that are missing,
 * fetch, store, checkpoint. A database is a {@link dev.jiggety.agent.replication.Peer}: the local
 * store, or whatever speaks CouchDB's HTTP API. One pass is a {@link
 * dev.jiggety.agent.replication.Replicator}; a loop that keeps at it, however often the line is
 * cut, is a {@link dev.jiggety.agent.replication.ContinuousReplication}. Nothing is lost and
 * nothing stored twice: a checkpoint moves past a document only when the target has it on disk or
 * it lies in the {@link dev.jiggety.agent.replication.Quarantine}.
 */
@NullMarked
package dev.jiggety.agent.replication;

import org.jspecify.annotations.NullMarked;
