/**
 * The basket: changes that an operator has made and not submitted yet, kept on disk per hub; what
 * was sent and has not arrived; how an edit is put on top of somebody else's. Knows no screen.
 */
@NullMarked
package dev.jiggety.desktop.basket;

import org.jspecify.annotations.NullMarked;
