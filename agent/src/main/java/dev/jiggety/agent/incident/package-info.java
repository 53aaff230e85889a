/**
 * Decides on incidents: follows the configuration, the nodes and the results of a hub, asks the
 * pure rules of {@code model.rules.incident} what was wrong when, and keeps the documents of
 * incidents so. Whoever is the active manager runs it; that two do for a moment does no harm, since
 * ids are made of what is written and writes go by revision.
 */
@NullMarked
package dev.jiggety.agent.incident;

import org.jspecify.annotations.NullMarked;
