/** What a person can set about the program itself: its look, and what it remembers. */
@NullMarked
package dev.jiggety.desktop.view.settings;

import org.jspecify.annotations.NullMarked;
