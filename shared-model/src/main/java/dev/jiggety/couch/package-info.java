/**
 * The hub as a client sees it. LightCouch is wrapped here once, for documents, views and bulk;
 * requests that it does not know go over the same connections. What is expected to go wrong comes
 * back as an {@link dev.jiggety.couch.Outcome}, never as an exception. Knows CouchDB's HTTP API and
 * nothing of the product's documents.
 */
@NullMarked
package dev.jiggety.couch;

import org.jspecify.annotations.NullMarked;
