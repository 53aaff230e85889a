package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.form.Group;

/** How to get to the site. */
final class ConnectionController extends Section {
  ConnectionController(Parts parts, Group group, String place) {
    super(parts, group, place);
  }
}
