/**
 * {@code jiggety bench desktop}: how fast the desktop starts, draws and follows a hub. {@link
 * dev.jiggety.desktop.bench.DesktopBench} starts everything else as processes of their own: a hub
 * that is full of data, the desktop as users start it, and a window in which the rest is measured.
 */
@NullMarked
package dev.jiggety.desktop.bench;

import org.jspecify.annotations.NullMarked;
