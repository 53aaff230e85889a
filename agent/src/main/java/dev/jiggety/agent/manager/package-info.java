/**
 * The patch manager: takes patches in, puts them into the line, checks them, carries them out by
 * the rules of {@code model.rules.Rollouts}, and watches the nodes meanwhile. Of several managers
 * one is active; what it needs of the hub it asks of ports, which {@code manager.couch} implements.
 */
@NullMarked
package dev.jiggety.agent.manager;

import org.jspecify.annotations.NullMarked;
