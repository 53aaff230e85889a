package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.RowsBox.Row;
import dev.jiggety.desktop.view.editor.form.Group;
import javafx.scene.Node;
import javafx.scene.control.Button;

/** A row that is a section of its own. */
final class BeforeRow implements Row {
  private final Group group;
  private final BeforeController section;

  BeforeRow(Parts parts, Group group, Button remove) {
    this.group = group;
    this.section = new BeforeController(parts, group, remove);
  }

  @Override
  public Group group() {
    return group;
  }

  @Override
  public Node view() {
    return section.view();
  }

  @Override
  public void at(String place) {
    section.place(place);
  }
}
