/**
 * Tiny things that have no home elsewhere: back-off with jitter, secrets that print as stars, files
 * for their owner alone, durations as people write them, and problems that name their place. Knows
 * nothing of the product.
 */
@NullMarked
package dev.jiggety.base;

import org.jspecify.annotations.NullMarked;
