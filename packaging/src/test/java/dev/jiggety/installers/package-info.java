/**
 * The packages as people meet them: built by {@code packaging/build}, installed in a clean system
 * of Debian's, run, upgraded, removed.
 */
@NullMarked
package dev.jiggety.installers;

import org.jspecify.annotations.NullMarked;
