/** The roles and the desktop program together, as one machine runs them. */
@NullMarked
package dev.jiggety.endtoend;

import org.jspecify.annotations.NullMarked;
