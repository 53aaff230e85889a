/**
 * The functions of design documents in JavaScript, run by Rhino in a sandbox: no way to Java, to
 * files or to the network, and limits on time and memory. Knows JSON and nothing else of the store.
 */
@NullMarked
package dev.jiggety.agent.store.script;

import org.jspecify.annotations.NullMarked;
