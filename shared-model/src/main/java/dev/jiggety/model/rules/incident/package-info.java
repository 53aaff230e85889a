/**
 * Verdicts over time. Words (what one node's run said) → episodes (spans in which a test, a node or
 * a certificate was not as it should be). Everything here goes by the times of the runs, put right
 * by the clocks of the nodes, so that the order in which words arrive makes no difference; time is
 * an argument. See docs/guide/verdicts.md.
 */
@NullMarked
package dev.jiggety.model.rules.incident;

import org.jspecify.annotations.NullMarked;
