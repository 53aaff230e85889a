/** What the tests of all modules share: servers to test against, and fixtures. */
@NullMarked
package dev.jiggety.testing;

import org.jspecify.annotations.NullMarked;
