/**
 * SQLite as the store uses it: a connection with its statements prepared once, transactions, and
 * the native library. Shared by the documents and by the indexes on them; knows neither.
 */
@NullMarked
package dev.jiggety.agent.store.sql;

import org.jspecify.annotations.NullMarked;
