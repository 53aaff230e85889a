package dev.jiggety.desktop.view.editor;

/** From when on a right answer is too slow. */
final class DegradedController extends Section {
  DegradedController(Parts parts) {
    super(parts, parts.form().tail(), "");
  }
}
