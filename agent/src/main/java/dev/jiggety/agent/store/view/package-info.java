/**
 * Indexes on documents: rows sorted by CouchDB's collation, filled from a mapper (JavaScript or
 * fields), with reductions kept in the inner nodes of a B+tree. One SQLite file per design document
 * and version of it; an update is one transaction with the sequence that it reached, so a crash
 * costs no more than the last update.
 */
@NullMarked
package dev.jiggety.agent.store.view;

import org.jspecify.annotations.NullMarked;
