/**
 * The one door between the program and JavaFX's thread: tasks with typed handlers, a ticker, the
 * throttle that turns many changes into one update, loading of FXML, texts, themes, pictures of the
 * screen. Knows nothing of the product.
 */
@NullMarked
package dev.jiggety.desktop.fx;

import org.jspecify.annotations.NullMarked;
