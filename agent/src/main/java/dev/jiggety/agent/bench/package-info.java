/**
 * The benchmarks behind {@code jiggety bench}. Each measures one thing, prints one JSON object, and
 * compares its figures with the goals in {@code goals.json}. Everything that could make a figure
 * better than the product is would be a bug here.
 */
@NullMarked
package dev.jiggety.agent.bench;

import org.jspecify.annotations.NullMarked;
