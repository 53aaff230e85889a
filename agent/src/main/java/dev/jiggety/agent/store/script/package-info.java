/**
 * The functions of design documents in JavaScript, run by Rhino in a sandbox: no way to Java, to
 * files or to the network, and limits on time, memory and stack. {@link
 * dev.jiggety.agent.store.script.Scripts} is the door. A {@code Program} is compiled sources, a
 * {@code World} their standard objects (one for each thread at work), the {@code Sandbox} the
 * threads; {@code Guards} and {@code Seal} keep a world from being blown up or changed. Knows JSON
 * and nothing else of the store.
 */
@NullMarked
package dev.jiggety.agent.store.script;

import org.jspecify.annotations.NullMarked;
