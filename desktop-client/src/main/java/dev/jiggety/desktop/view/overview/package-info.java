/**
 * How everything is, at a look: all tests as tiles or rows with the word of each node, the last day
 * and the response time against last week's, open incidents above them; and the same for a wall.
 */
@NullMarked
package dev.jiggety.desktop.view.overview;

import org.jspecify.annotations.NullMarked;
