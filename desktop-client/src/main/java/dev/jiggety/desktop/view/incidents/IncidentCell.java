package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.view.incidents.IncidentsViewModel.Row;
import dev.jiggety.desktop.view.incidents.IncidentsViewModel.State;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.IncidentLook;
import dev.jiggety.model.Incident;
import java.time.Duration;
import java.time.Instant;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/** An incident in the list: what is wrong with what, for how long, and who knows. */
final class IncidentCell extends ListCell<Row> {
  private final Texts texts;
  private final Ages ages;
  private final Label title = new Label();
  private final Label below = new Label();
  private final Label chip = new Label();
  private final HBox box;
  private final Label look = new Label();
  private Subscription subscription = Subscription.EMPTY;

  IncidentCell(Texts texts, Ages ages) {
    this.texts = texts;
    this.ages = ages;
    title.getStyleClass().add("patch-title");
    below.getStyleClass().add("patch-below");
    chip.setMinWidth(Region.USE_PREF_SIZE);
    below.setWrapText(true);
    below.setMinHeight(Region.USE_PREF_SIZE);
    VBox lines = new VBox(2, title, below);
    lines.setMinWidth(0);
    HBox.setHgrow(lines, Priority.ALWAYS);
    look.setMinWidth(Region.USE_PREF_SIZE);
    box = new HBox(10, look, lines, chip);
    box.getStyleClass().add("patch-row");
    setPrefWidth(0);
  }

  @Override
  protected void updateItem(@Nullable Row row, boolean empty) {
    super.updateItem(row, empty);
    subscription.unsubscribe();
    subscription = Subscription.EMPTY;
    if (empty || row == null) {
      setGraphic(null);
      setAccessibleText(null);
      return;
    }
    setGraphic(box);
    subscription = row.stateProperty().subscribe(this::show);
  }

  private void show(State state) {
    Incident one = state.incident();
    look.setGraphic((one.isOpen() ? IncidentLook.of(one.kind()) : IncidentLook.OVER).icon());
    title.setText(state.name());
    String kind = IncidentLook.word(one.kind(), texts);
    below.setText(
        texts.get(
            one.isOpen() ? "incidents.below.open" : "incidents.below.over",
            kind,
            lasted(one, state.now()),
            ages.time(one.began(), state.now())));
    chip.setText(mark(state));
    chip.getStyleClass()
        .setAll("label", "chip", state.isUnattended() ? "chip-warning" : "chip-plain");
    chip.setVisible(!chip.getText().isEmpty());
    chip.setManaged(chip.isVisible());
    setAccessibleText(title.getText() + ", " + below.getText() + ", " + chip.getText());
  }

  private String lasted(Incident one, Instant now) {
    Instant until = one.ended() == null ? now : one.ended();
    return ages.length(Math.max(0, Duration.between(one.began(), until).toSeconds()));
  }

  private String mark(State state) {
    Incident one = state.incident();
    if (state.waiting() > 0) {
      return texts.get("incidents.mark.waiting", state.waiting());
    }
    if (one.began().equals(one.ended())) {
      return texts.get("incidents.mark.neverWas");
    }
    if (state.muted()) {
      return texts.get("incidents.mark.muted");
    }
    if (one.suppressed() != null) {
      return texts.get("incidents.mark." + one.suppressed().reason().name());
    }
    if (state.by() != null && one.isOpen()) {
      return texts.get("incidents.mark.by", state.by());
    }
    if (Why.isCorrected(one)) {
      return texts.get("incidents.mark.corrected");
    }
    return one.isOpen() ? texts.get("incidents.mark.nobody") : "";
  }
}
