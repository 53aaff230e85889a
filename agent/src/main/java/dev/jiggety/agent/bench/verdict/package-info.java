/**
 * The benchmark of verdicts: a world with sites, nodes and everything that goes wrong with them is
 * drawn by chance, and the real rules judge what the nodes would have said. Nothing is measured, so
 * that the same seed gives the same world on every machine.
 */
@NullMarked
package dev.jiggety.agent.bench.verdict;

import org.jspecify.annotations.NullMarked;
