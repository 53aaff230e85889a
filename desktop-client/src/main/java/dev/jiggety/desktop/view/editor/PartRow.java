package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.RowsBox.Row;
import dev.jiggety.desktop.view.editor.form.Group;
import javafx.scene.Node;
import javafx.scene.control.Button;

/** A row that is a section of its own. */
final class PartRow implements Row {
  private final Group group;
  private final PartController section;

  PartRow(Parts parts, Group group, Button remove) {
    this.group = group;
    this.section = new PartController(parts, group, remove);
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
    section.at(place);
  }
}
