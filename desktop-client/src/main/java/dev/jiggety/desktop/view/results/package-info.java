/** The response times of one test over time, one line for each node, live or as they were. */
@NullMarked
package dev.jiggety.desktop.view.results;

import org.jspecify.annotations.NullMarked;
