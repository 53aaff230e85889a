/** The boundaries between modules and packages, as tests that give their reasons. */
@NullMarked
package dev.jiggety.architecture;

import org.jspecify.annotations.NullMarked;
