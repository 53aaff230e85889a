/**
 * To which hub the program is connected, and what it remembers between starts: hubs, names of
 * users, appearance. Passwords live here in memory only and never reach a file.
 */
@NullMarked
package dev.jiggety.desktop.session;

import org.jspecify.annotations.NullMarked;
