/**
 * The repositories over CouchDB's API: which databases and documents stand behind each port, how a
 * lost answer is made harmless, and how a feed follows a hub that comes and goes. Start reading at
 * {@link dev.jiggety.repository.couch.CouchRepositories}.
 */
@NullMarked
package dev.jiggety.repository.couch;

import org.jspecify.annotations.NullMarked;
