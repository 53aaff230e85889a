/** What the tests of the desktop share: a hub in memory, a clock and a ticker that they turn. */
@NullMarked
package dev.jiggety.desktop.testing;

import org.jspecify.annotations.NullMarked;
