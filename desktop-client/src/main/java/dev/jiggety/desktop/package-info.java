/** Where the desktop program begins: its command line, and what it stands on. */
@NullMarked
package dev.jiggety.desktop;

import org.jspecify.annotations.NullMarked;
