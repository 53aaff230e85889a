/**
 * What an answer must fulfil: {@link dev.jiggety.agent.judge.Judge} holds the assertions of a test
 * against an {@link dev.jiggety.agent.judge.Answer} that a probe fills in, and takes captures out
 * of it. Works by the model's rules alone: it neither measures nor knows which probe asks. A
 * hostile body cannot make it work for ever: expressions have a budget of steps.
 */
@NullMarked
package dev.jiggety.agent.judge;

import org.jspecify.annotations.NullMarked;
