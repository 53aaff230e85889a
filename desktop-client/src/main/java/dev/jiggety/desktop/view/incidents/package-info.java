/**
 * Incidents: the list with its timeline, one of them with what nodes saw and what was decided, what
 * people say of it, and why somebody was told or nobody was.
 */
@NullMarked
package dev.jiggety.desktop.view.incidents;

import org.jspecify.annotations.NullMarked;
