/**
 * What all benchmarks share, whichever module they measure: the report with its goals, which stand
 * in one file, and what a process costs.
 */
@NullMarked
package dev.jiggety.bench;

import org.jspecify.annotations.NullMarked;
