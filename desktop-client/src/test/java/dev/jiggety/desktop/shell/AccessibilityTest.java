package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.UiTest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Toggle;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import org.junit.jupiter.api.Test;

/** Whoever cannot see or cannot use a mouse comes round all the same. */
class AccessibilityTest extends UiTest {
  /** More controls than any screen has; whoever goes round longer is caught in a part of it. */
  private static final int MOST_STEPS = 150;

  private static final double GLOW = 4;

  private final List<String> problems = new ArrayList<>();

  @Test
  void everyControlHasANameAndShowsWhenItHasTheFocus() {
    look("connect");
    Examples.fillShop(hub, clock.instant());
    connect();
    for (Place place : fx(() -> List.copyOf(shell.places()))) {
      go(() -> shell.go(place));
      look(place.name().toLowerCase(Locale.ROOT));
    }
    go(() -> shell.edit(new EditRequest.Edit(hub.stored("search").orElseThrow())));
    look("editor");
    assertThat(problems).isEmpty();
  }

  private void go(Runnable way) {
    fx(() -> {
      way.run();
      return true;
    });
    settle();
  }

  private void look(String screen) {
    Set<Node> all =
        fx(() -> {
          Set<Node> found = new LinkedHashSet<>();
          stage.getScene().getRoot().applyCss();
          stage.getScene().getRoot().layout();
          collect(stage.getScene().getRoot(), found);
          return found;
        });
    assertThat(all).as("what can have the focus on %s", screen).isNotEmpty();
    fx(() -> {
      for (Node node : all) {
        if (name(node).isBlank()) {
          problems.add(screen + ": no name: " + describe(node));
        }
      }
      return true;
    });
    walk(screen, all);
  }

  /** What Tab should stop at. */
  private static void collect(Node node, Set<Node> found) {
    if (!node.isVisible() || node.isDisabled()) {
      return;
    }
    if (node.isFocusTraversable() && !(node instanceof ScrollPane)) {
      found.add(node);
    }
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
    }
  }

  /** Goes round with Tab: everything is reached, and seen to be. */
  private void walk(String screen, Set<Node> all) {
    Set<Node> reached = new LinkedHashSet<>();
    fx(() -> {
      all.iterator().next().requestFocus();
      stage.getScene().getFocusOwner().requestFocusTraversal(TraversalDirection.NEXT);
      return true;
    });
    for (int i = 0; i < MOST_STEPS; i++) {
      Node owner = fx(() -> stage.getScene().getFocusOwner());
      if (owner == null || !reached.add(owner)) {
        break;
      }
      awaitFocus(owner);
      fx(() -> step(screen, owner));
    }
    for (Node node : all) {
      if (!reached.contains(node)
          && !isOneOfAGroup(node)
          && reached.stream().noneMatch(it -> isWithin(node, it))) {
        problems.add(screen + ": Tab does not reach " + describe(node));
      }
    }
  }

  /** A control has the focus only while its window has it, which the window system gives. */
  private void awaitFocus(Node owner) {
    if (!fx(owner::isFocused)) {
      awaitThat(() -> {
        stage.requestFocus();
        return owner.isFocused();
      });
    }
  }

  /** Tab stops at one of a group, arrows go to the others. */
  private static boolean isOneOfAGroup(Node node) {
    return node instanceof Toggle toggle
        && toggle.getToggleGroup() != null
        && toggle.getToggleGroup().getSelectedToggle() != null;
  }

  private boolean step(String screen, Node owner) {
    Parent root = stage.getScene().getRoot();
    root.applyCss();
    root.layout();
    Bounds where = owner.localToScene(owner.getLayoutBounds());
    Image with = picture(root, where);
    if (!owner.requestFocusTraversal(TraversalDirection.NEXT)) {
      return false;
    }
    root.applyCss();
    root.layout();
    boolean moved = !where.equals(owner.localToScene(owner.getLayoutBounds())); // it was scrolled
    if (!moved && same(with, picture(root, where))) {
      problems.add(screen + ": nobody sees the focus of " + describe(owner));
    }
    return true;
  }

  private static Image picture(Parent root, Bounds where) {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setViewport(
        new Rectangle2D(
            Math.max(0, where.getMinX() - GLOW),
            Math.max(0, where.getMinY() - GLOW),
            where.getWidth() + 2 * GLOW,
            where.getHeight() + 2 * GLOW));
    return root.snapshot(parameters, (WritableImage) null);
  }

  private static boolean same(Image one, Image other) {
    int width = (int) Math.min(one.getWidth(), other.getWidth());
    int height = (int) Math.min(one.getHeight(), other.getHeight());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (one.getPixelReader().getArgb(x, y) != other.getPixelReader().getArgb(x, y)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isWithin(Node node, Node other) {
    for (Node at = node.getParent(); at != null; at = at.getParent()) {
      if (at.equals(other)) {
        return true;
      }
    }
    return false;
  }

  /** What a screen reader says. */
  private String name(Node node) {
    if (node.getAccessibleText() != null && !node.getAccessibleText().isBlank()) {
      return node.getAccessibleText();
    }
    if (node instanceof Labeled labeled && labeled.getText() != null) {
      return labeled.getText();
    }
    return stage.getScene().getRoot().lookupAll(".label").stream()
        .filter(it -> it instanceof Label label && node.equals(label.getLabelFor()))
        .map(it -> ((Label) it).getText())
        .findFirst()
        .orElse("");
  }

  private static String describe(Node node) {
    String text = node instanceof Labeled labeled ? " \"" + labeled.getText() + "\"" : "";
    return node.getClass().getSimpleName() + " " + node.getId() + " " + node.getStyleClass() + text;
  }
}
