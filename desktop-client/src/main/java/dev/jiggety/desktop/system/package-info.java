/**
 * What the operating system has of its own, reached by the small programs that come with it: its
 * key store, its notifications, its way to open a file. A secret goes to them by standard input,
 * never by a command line. Where there is no key store, passwords are sealed in a file. All of it
 * blocks; nothing here knows JavaFX.
 */
@NullMarked
package dev.jiggety.desktop.system;

import org.jspecify.annotations.NullMarked;
