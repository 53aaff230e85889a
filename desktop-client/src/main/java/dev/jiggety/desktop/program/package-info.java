/**
 * The headless program {@code jiggety} as the desktop uses it: as a child process, for what has to
 * be done on this very machine. The desktop knows its command line and nothing else of it.
 */
@NullMarked
package dev.jiggety.desktop.program;

import org.jspecify.annotations.NullMarked;
