/** The form in which a test is made and changed, with its problems beside the fields. */
@NullMarked
package dev.jiggety.desktop.view.editor;

import org.jspecify.annotations.NullMarked;
