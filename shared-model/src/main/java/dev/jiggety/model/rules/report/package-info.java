/**
 * What a span of time says of tests: how much of it each was up, degraded, down, under maintenance
 * or not known, what that leaves of a target, and what of it the public is shown. Pure functions of
 * incidents, sums of runs and windows; time is an argument.
 */
@NullMarked
package dev.jiggety.model.rules.report;

import org.jspecify.annotations.NullMarked;
