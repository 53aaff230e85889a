/**
 * Run now: a test as it stands in the editor is run once, without being in force, on this computer
 * or on nodes, and what came of it is shown node beside node. Whoever edits a test shows a {@link
 * dev.jiggety.desktop.trial.TrialPane}.
 */
@NullMarked
package dev.jiggety.desktop.trial;

import org.jspecify.annotations.NullMarked;
