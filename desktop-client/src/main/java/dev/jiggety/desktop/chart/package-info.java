/**
 * Charts drawn on a canvas: series of points, their decimation to pixel columns (which keeps every
 * minimum and maximum), axes, and what a person does with mouse and keyboard. Knows times and
 * values; what they mean is the caller's.
 */
@NullMarked
package dev.jiggety.desktop.chart;

import org.jspecify.annotations.NullMarked;
