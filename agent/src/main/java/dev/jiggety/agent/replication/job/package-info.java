/**
 * Replications that a server runs because somebody asked it to: what CouchDB's {@code _replicate}
 * and {@code _replicator} take, and the jobs that come of it, with the states of CouchDB's
 * scheduler (docs.couchdb.org/en/stable/replication/replicator.html). Knows no HTTP face and no
 * folder of databases: how an endpoint becomes a {@link dev.jiggety.agent.replication.Peer} is its
 * {@link dev.jiggety.agent.replication.job.Connector}'s business.
 */
@NullMarked
package dev.jiggety.agent.replication.job;

import org.jspecify.annotations.NullMarked;
