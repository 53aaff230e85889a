/**
 * The embedded document store: CouchDB's document model on one SQLite file per database. {@link
 * dev.jiggety.agent.store.DocumentStore} is one database, {@link dev.jiggety.agent.store.Databases}
 * a folder of them. The rules (revisions, trees, winners) are pure classes without SQL; what is
 * written is on the disk before the caller hears of it. The package knows no HTTP.
 */
@NullMarked
package dev.jiggety.agent.store;

import org.jspecify.annotations.NullMarked;
