package dev.jiggety.desktop.fx;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import org.jspecify.annotations.Nullable;

/**
 * Ties each label to the field below it, so that a screen reader says it there: in whatever has the
 * style class {@code field}, the first label belongs to the first control after it.
 */
final class FieldLabels {
  private FieldLabels() {}

  static void tie(Node node) {
    if (node.getStyleClass().contains("field") && node instanceof Parent field) {
      tieChildren(field.getChildrenUnmodifiable());
    }
    inside(node).forEach(FieldLabels::tie);
  }

  private static void tieChildren(List<Node> nodes) {
    if (nodes.isEmpty() || !(nodes.getFirst() instanceof Label label)) {
      return;
    }
    if (label.getLabelFor() == null) {
      nodes.stream()
          .skip(1)
          .map(FieldLabels::control)
          .filter(control -> control != null)
          .findFirst()
          .ifPresent(label::setLabelFor);
    }
  }

  private static @Nullable Node control(Node node) {
    if (node instanceof Control control && !(control instanceof Label)) {
      return control;
    }
    return node instanceof Parent parent && !(node instanceof Control)
        ? parent.getChildrenUnmodifiable().stream()
            .map(FieldLabels::control)
            .filter(found -> found != null)
            .findFirst()
            .orElse(null)
        : null;
  }

  /** What a view holds before it has a skin. */
  private static List<? extends Node> inside(Node node) {
    return switch (node) {
      case ScrollPane pane -> pane.getContent() == null ? List.of() : List.of(pane.getContent());
      case SplitPane pane -> pane.getItems();
      case TabPane pane ->
          pane.getTabs().stream().map(Tab::getContent).filter(it -> it != null).toList();
      case Parent parent -> parent.getChildrenUnmodifiable();
      default -> List.of();
    };
  }
}
