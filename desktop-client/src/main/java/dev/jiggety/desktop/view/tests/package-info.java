/**
 * The tests of a hub as a table: find, sort, switch on and off, delete, and the way to the rest.
 */
@NullMarked
package dev.jiggety.desktop.view.tests;

import org.jspecify.annotations.NullMarked;
