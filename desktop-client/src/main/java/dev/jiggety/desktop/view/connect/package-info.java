/**
 * Where a hub is chosen: its address and who asks. Never blocks; says in one line what is wrong.
 */
@NullMarked
package dev.jiggety.desktop.view.connect;

import org.jspecify.annotations.NullMarked;
