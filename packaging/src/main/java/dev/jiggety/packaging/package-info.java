/** Tools of the packaging build, run from their source by {@code packaging/build}. */
@NullMarked
package dev.jiggety.packaging;

import org.jspecify.annotations.NullMarked;
