package dev.jiggety.desktop.view.editor.script;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.editor.script.Language.Flaw;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Hyperlink;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** What is wrong with a text, each a link to its place. */
final class FlawList extends VBox {
  private static final int MOST = 6;

  private final Texts texts;
  private final Consumer<Flaw> open;

  FlawList(Texts texts, Consumer<Flaw> open) {
    super(2);
    this.texts = texts;
    this.open = open;
    getStyleClass().add("flaws");
  }

  void show(List<Flaw> flaws) {
    getChildren().setAll(flaws.stream().limit(MOST).map(this::link).toList());
    setVisible(!flaws.isEmpty());
    setManaged(!flaws.isEmpty());
  }

  private Hyperlink link(Flaw flaw) {
    Hyperlink link =
        new Hyperlink(
            texts.get("code.flaw", flaw.line(), flaw.column(), flaw.message()),
            new FontIcon(Feather.ALERT_CIRCLE));
    link.setWrapText(true);
    link.setMinHeight(USE_PREF_SIZE);
    link.setOnAction(event -> {
      link.setVisited(false);
      open.accept(flaw);
    });
    return link;
  }
}
