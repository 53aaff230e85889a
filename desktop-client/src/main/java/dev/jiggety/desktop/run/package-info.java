/**
 * Shows one run of a test, whoever made it and wherever it stands: what was measured, where the
 * time went, why it failed, what was there when it did. Whoever has a run shows it by a {@link
 * dev.jiggety.desktop.run.RunPane}.
 */
@NullMarked
package dev.jiggety.desktop.run;

import org.jspecify.annotations.NullMarked;
