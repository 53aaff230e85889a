/**
 * The first start: try it on this computer, connect to a hub, or set up a CouchDB. Says in plain
 * words what happens and how far it is; everything can be cancelled, and every error names a
 * remedy.
 */
@NullMarked
package dev.jiggety.desktop.view.start;

import org.jspecify.annotations.NullMarked;
