/**
 * Trying tests on request: an operator signs that nodes shall run a test once, the active manager
 * looks at it and shows it to nodes, each node looks for itself, runs it beside its schedule, and
 * answers. Nothing of it touches results, slots or verdicts. See docs/decisions/0024-trials.md.
 */
@NullMarked
package dev.jiggety.agent.trial;

import org.jspecify.annotations.NullMarked;
