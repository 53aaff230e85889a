package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.form.Group;

/** A request: what is sent, and what is remembered of the answer. */
final class RequestController extends Section {
  RequestController(Parts parts, Group group, String place) {
    super(parts, group, place);
  }
}
