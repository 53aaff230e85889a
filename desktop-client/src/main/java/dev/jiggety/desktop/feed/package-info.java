/**
 * The live picture of a hub, without any JavaFX scene: what is known of tests, nodes and results,
 * how fresh it is, and whether anything visible changed. Changes come in from the hub's feed on its
 * threads; what goes out are immutable snapshots, a few a second at most.
 */
@NullMarked
package dev.jiggety.desktop.feed;

import org.jspecify.annotations.NullMarked;
