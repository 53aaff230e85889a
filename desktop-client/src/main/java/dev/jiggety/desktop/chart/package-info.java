/**
 * Charts drawn on a canvas: lines of single samples or of sums over steps of time, their reduction
 * to what can be seen (which keeps every smallest and largest value), axes, things that happened,
 * and what a person does with mouse and keyboard. One axis of time for all charts. Where the lines
 * come from is the caller's.
 */
@NullMarked
package dev.jiggety.desktop.chart;

import org.jspecify.annotations.NullMarked;
