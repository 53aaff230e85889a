package dev.jiggety.desktop.view.editor;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.editor.WhereViewModel.Offer;
import dev.jiggety.desktop.view.editor.WhereViewModel.Preview;
import dev.jiggety.desktop.view.editor.WhereViewModel.Runner;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** On which nodes a test runs, and which these are now. */
final class WhereController extends Section {
  /** With more nodes than that, their number says more than their names. */
  private static final int MOST = 40;

  private final WhereViewModel model;
  private final Texts texts;

  @FXML private FlowPane offers;
  @FXML private Label summary;
  @FXML private FlowPane runners;
  @FXML private Label nobody;

  WhereController(Parts parts, WhereViewModel model) {
    super(parts, parts.form().tail(), "");
    this.model = model;
    this.texts = parts.texts();
    model.previewProperty().subscribe(this::show);
  }

  private void show(Preview preview) {
    while (offers.getChildren().size() > Math.min(MOST, preview.offers().size())) {
      offers.getChildren().removeLast();
    }
    for (int i = 0; i < Math.min(MOST, preview.offers().size()); i++) {
      if (i == offers.getChildren().size()) {
        offers.getChildren().add(button());
      }
      Offer offer = preview.offers().get(i);
      ToggleButton button = (ToggleButton) offers.getChildren().get(i);
      mark(button, offer);
      button.setAccessibleText(
          texts.get(offer.tag() ? "editor.where.tag" : "editor.where.node", offer.word()));
    }
    summary.setText(
        preview.runs().isEmpty()
            ? texts.get("editor.where.nowhere")
            : texts.get("editor.where.runs", preview.runs().size(), preview.alive()));
    runners.getChildren().setAll(preview.runs().stream().limit(MOST).map(this::node).toList());
    nobody.setText(
        preview.nobody().isEmpty()
            ? ""
            : texts.get("editor.where.nobody", String.join(", ", preview.nobody())));
    Parts.show(nobody, !preview.nobody().isEmpty());
  }

  private ToggleButton button() {
    ToggleButton button = new ToggleButton();
    button.getStyleClass().add("small");
    button.setMnemonicParsing(false);
    button.setOnAction(event -> model.toggle((Offer) button.getUserData()));
    return button;
  }

  private static void mark(ToggleButton button, Offer offer) {
    button.setUserData(offer);
    button.setText(offer.word());
    button.setSelected(offer.chosen());
    button.setGraphic(new FontIcon(offer.tag() ? Feather.TAG : Feather.SERVER));
  }

  private Node node(Runner runner) {
    Label label =
        new Label(
            runner.alive() ? runner.name() : texts.get("editor.where.silent", runner.name()),
            new FontIcon(runner.alive() ? Feather.CHECK : Feather.MOON));
    label.getStyleClass().add(runner.alive() ? "runner" : "runner-silent");
    return label;
  }
}
