/**
 * What follows from the values of the model, as pure functions: samples → verdict, verdicts of
 * nodes → verdict of the test, schedule → next planned times, definition → problems, rollout and
 * event → rollout and effects, head and change → next head. Time is an argument; nothing here reads
 * a clock.
 */
@NullMarked
package dev.jiggety.model.rules;

import org.jspecify.annotations.NullMarked;
