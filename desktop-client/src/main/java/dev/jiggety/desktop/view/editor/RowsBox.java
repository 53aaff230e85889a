package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.view.editor.form.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The rows of a list that come and go, and a button for one more. */
public final class RowsBox extends VBox {
  private final VBox lines = new VBox(6);
  private final Button add = new Button(null, new FontIcon(Feather.PLUS));
  private final List<Row> rows = new ArrayList<>();
  private String list = "";
  private String of = "";
  private String place = "";
  private Runnable changed = () -> {};

  /** A row on the screen. */
  interface Row {
    /** What it is made of. */
    Group group();

    /** What is seen. */
    Node view();

    /** Tells it where it stands in the document. */
    void at(String place);
  }

  public RowsBox() {
    super(6);
    add.getStyleClass().addAll("flat", "small");
    lines.getStyleClass().add("rows");
    getChildren().addAll(lines, add);
  }

  /** The place of the list, relative to the section. */
  public String getList() {
    return list;
  }

  public void setList(String path) {
    list = path;
  }

  /** What its rows look like: {@code pair}, {@code assertion}, {@code capture}, … */
  public String getOf() {
    return of;
  }

  public void setOf(String name) {
    of = name;
  }

  /** What the button for one more says. */
  public String getAdd() {
    return add.getText();
  }

  public void setAdd(String text) {
    add.setText(text);
  }

  /** Keeps the rows in step with a list. */
  void keep(ObservableList<Group> groups, Function<Group, Row> make, Runnable one) {
    add.setOnAction(event -> {
      one.run();
      if (!rows.isEmpty()) {
        focusFirst(rows.getLast().view());
      }
    });
    Runnable update =
        () -> {
          List<Row> now = groups.stream().map(group -> of(group, make)).toList();
          if (!now.equals(rows)) {
            rows.clear();
            rows.addAll(now);
            lines.getChildren().setAll(rows.stream().map(Row::view).toList());
            at(place);
            changed.run();
          }
        };
    groups.subscribe(update);
    update.run();
  }

  /** Told when rows have come or gone. */
  void onChange(Runnable action) {
    changed = action;
  }

  /** Tells the rows where the list stands in the document. */
  void at(String path) {
    place = path;
    for (int i = 0; i < rows.size(); i++) {
      rows.get(i).at(path + "[" + i + "]");
    }
  }

  /** The row that a group already has, or a new one: what has the focus must not be made anew. */
  private Row of(Group group, Function<Group, Row> make) {
    return rows.stream()
        .filter(row -> row.group() == group)
        .findFirst()
        .orElseGet(() -> make.apply(group));
  }

  private static boolean focusFirst(Node node) {
    if (node.isFocusTraversable() && node.isVisible()) {
      node.requestFocus();
      return true;
    }
    return node instanceof Parent parent
        && parent.getChildrenUnmodifiable().stream().anyMatch(RowsBox::focusFirst);
  }
}
