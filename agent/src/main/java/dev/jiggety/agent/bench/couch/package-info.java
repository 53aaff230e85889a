/**
 * The benchmark of a hub: bulk writes, single writes, changes feeds, views and replication, over
 * HTTP, of any server that speaks CouchDB's API. The clients here do as little as they can, so that
 * it is the server that is measured.
 */
@NullMarked
package dev.jiggety.agent.bench.couch;

import org.jspecify.annotations.NullMarked;
