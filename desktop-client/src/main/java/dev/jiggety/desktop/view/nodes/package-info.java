/**
 * Nodes, managers and the hub itself as a table: when they were last heard, what waits on them,
 * what is the matter with each and what to do about it.
 */
@NullMarked
package dev.jiggety.desktop.view.nodes;

import org.jspecify.annotations.NullMarked;
