/**
 * What a manager does besides carrying patches out: adapts the parts that decide on incidents, tell
 * people, and drop what is old to the manager's turns. Parts know nothing of a manager, nor of each
 * other; here is where both are known.
 */
@NullMarked
package dev.jiggety.agent.manager.companion;

import org.jspecify.annotations.NullMarked;
