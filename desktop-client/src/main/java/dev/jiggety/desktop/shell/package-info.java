/**
 * The window around the activities: menu, status bar, messages, keys. The only room that knows all
 * activities; it makes them and goes from one to the other.
 */
@NullMarked
package dev.jiggety.desktop.shell;

import org.jspecify.annotations.NullMarked;
