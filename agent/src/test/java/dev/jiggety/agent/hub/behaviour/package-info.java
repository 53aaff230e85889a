/**
 * What a CouchDB does, in our own words from its documentation (HTTP API reference), as requests
 * and the answers that must come. {@link dev.jiggety.agent.hub.behaviour.BehaviourContract} runs
 * all of it against a server: the embedded hub and an independent one.
 */
@NullMarked
package dev.jiggety.agent.hub.behaviour;

import org.jspecify.annotations.NullMarked;
