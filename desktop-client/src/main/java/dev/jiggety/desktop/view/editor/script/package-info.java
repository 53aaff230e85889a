/**
 * An editor for texts that machines read, scripts and YAML: colours, completion, errors in place,
 * line numbers and find. The languages are pure functions of a text; only {@code CodeEditor} knows
 * the screen.
 */
@NullMarked
package dev.jiggety.desktop.view.editor.script;

import org.jspecify.annotations.NullMarked;
