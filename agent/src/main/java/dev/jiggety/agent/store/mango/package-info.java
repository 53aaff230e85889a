/**
 * Mango: selectors, and indexes for them (docs.couchdb.org/en/stable/api/database/find.html). The
 * indexes are those of {@link dev.jiggety.agent.store.view}, filled from fields.
 */
@NullMarked
package dev.jiggety.agent.store.mango;

import org.jspecify.annotations.NullMarked;
