/**
 * Small parts that several activities show: a verdict with icon, colour and word; ages and times as
 * people say them; the bar of a run's phases.
 */
@NullMarked
package dev.jiggety.desktop.widget;

import org.jspecify.annotations.NullMarked;
