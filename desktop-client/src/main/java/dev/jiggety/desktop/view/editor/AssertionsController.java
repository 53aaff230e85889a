package dev.jiggety.desktop.view.editor;

/** What the answer must fulfil. */
final class AssertionsController extends Section {
  AssertionsController(Parts parts) {
    super(parts, parts.form().tail(), "");
  }
}
