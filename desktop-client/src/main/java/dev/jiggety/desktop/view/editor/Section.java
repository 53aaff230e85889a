package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.view.editor.form.Group;
import javafx.scene.Parent;

/** A section of the form: a view of its own over one group of fields. */
abstract class Section {
  private final Binder binder;
  private final Parent view;

  /**
   * Loads the view and ties its fields.
   *
   * @param place where the group stands in the document; empty for its root
   */
  Section(Parts parts, Group group, String place) {
    this.binder = new Binder(parts, group, place);
    this.view = new Fxml(parts.texts()).load(this);
    binder.bind(view);
  }

  /** What is seen. */
  final Parent view() {
    return view;
  }

  /** Tells the fields where the group stands now. */
  final void at(String place) {
    binder.at(place);
  }
}
