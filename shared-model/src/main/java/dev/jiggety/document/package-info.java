/**
 * Between the model and the JSON of the documents: ids, types, schema versions, upgrades, names of
 * databases. A reader keeps the fields that it does not know, and says of those that are wrong
 * where they stand. Pure: no I/O, no clock.
 */
@NullMarked
package dev.jiggety.document;

import org.jspecify.annotations.NullMarked;
