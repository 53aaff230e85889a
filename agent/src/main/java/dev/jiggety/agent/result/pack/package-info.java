/**
 * Packs of what the node measured: each full hour of UTC and test becomes one small document of the
 * archive, each day a roll-up of its hours. Runs are taken from the node's own live databases as
 * they come, wait in a {@link dev.jiggety.agent.result.pack.Ledger} until their hour is over, and
 * are packed exactly once, whatever is killed when; what comes late goes into a part of its own.
 */
@NullMarked
package dev.jiggety.agent.result.pack;

import org.jspecify.annotations.NullMarked;
