/**
 * The two configurations of a node: what it runs, and what it could swap to. Follows the head,
 * proves what it is given by signature and digest, tries a candidate beside what is in force, swaps
 * in one step, and goes back by itself when nobody confirms. Its rules are pure; it does not know
 * the node around it.
 */
@NullMarked
package dev.jiggety.agent.slot;

import org.jspecify.annotations.NullMarked;
