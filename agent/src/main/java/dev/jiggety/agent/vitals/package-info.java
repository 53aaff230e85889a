/**
 * How this process and its machine are, said again and again, and what this part misses of the
 * others: the beat of a report, the look at disk and memory, the watch over neighbours.
 */
@NullMarked
package dev.jiggety.agent.vitals;

import org.jspecify.annotations.NullMarked;
