/** The nodes of a hub as a table: when they were last heard, what waits on them, how they keep. */
@NullMarked
package dev.jiggety.desktop.view.nodes;

import org.jspecify.annotations.NullMarked;
