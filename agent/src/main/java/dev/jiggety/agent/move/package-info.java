/**
 * Moves all that a hub holds to another hub while it runs: databases with their rights and rules,
 * and accounts. Goes by CouchDB's API alone, in either direction between any two servers.
 */
@NullMarked
package dev.jiggety.agent.move;

import org.jspecify.annotations.NullMarked;
