/**
 * The fields of a test while they are typed, right or wrong, as the very document that comes out of
 * them: a table says which fields there are, and everything that the table does not know is kept.
 * Has properties but no scene graph.
 */
@NullMarked
package dev.jiggety.desktop.view.editor.form;

import org.jspecify.annotations.NullMarked;
