/**
 * CouchDB's order of JSON values, in which views and Mango indexes are sorted: as a comparison and
 * as bytes that compare like the values. Pure, and knows nothing else of the store.
 */
@NullMarked
package dev.jiggety.agent.store.collation;

import org.jspecify.annotations.NullMarked;
