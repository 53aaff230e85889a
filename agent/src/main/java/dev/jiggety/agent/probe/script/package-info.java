/**
 * Tests of kind {@code script}: runs the lines of a {@link dev.jiggety.twill.Script} on a {@link
 * dev.jiggety.agent.browser.Browser}, times each of them, and keeps what was there when one failed.
 * Begin to read at {@link dev.jiggety.agent.probe.script.ScriptProbe}; {@code Commands} says which
 * class does what a command does.
 */
@NullMarked
package dev.jiggety.agent.probe.script;

import org.jspecify.annotations.NullMarked;
