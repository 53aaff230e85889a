package dev.jiggety.desktop.view.editor;

import dev.jiggety.model.Check;

/** What a test of a page does. */
final class PageController extends Section {
  PageController(Parts parts) {
    super(parts, parts.form().kind(Check.Page.KIND), Check.Page.KIND);
  }
}
