/**
 * The script language: twill's, made strict. {@link dev.jiggety.twill.Script} reads a text line by
 * line and says with line and column what is wrong with it; {@link dev.jiggety.twill.Command} is
 * the table of all commands, for whoever explains, completes or runs them. Pure; knows nothing of
 * browsers and of tests.
 */
@NullMarked
package dev.jiggety.twill;

import org.jspecify.annotations.NullMarked;
