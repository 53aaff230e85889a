package dev.jiggety.desktop.view.editor;

/** How sure to be, and on what it depends. */
final class SureController extends Section {
  SureController(Parts parts) {
    super(parts, parts.form().tail(), "");
  }
}
