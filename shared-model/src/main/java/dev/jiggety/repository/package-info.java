/**
 * What the product asks of a hub, in words of the model: read tests, submit changes to them, read
 * results, report and read nodes, follow all of it live. Ports only; {@code repository.couch} has
 * the implementation over CouchDB's API.
 */
@NullMarked
package dev.jiggety.repository;

import org.jspecify.annotations.NullMarked;
