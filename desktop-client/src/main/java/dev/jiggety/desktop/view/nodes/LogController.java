package dev.jiggety.desktop.view.nodes;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.LogExcerpt;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Ties the last log lines of a node to their view model. */
final class LogController {
  private final LogViewModel model;
  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final Parent view;

  @FXML private VBox pane;
  @FXML private Label title;
  @FXML private Label logAge;
  @FXML private CheckBox follow;
  @FXML private ListView<LogExcerpt.Line> lines;

  LogController(LogViewModel model, Desk desk) {
    this.model = model;
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = new Ages(texts, desk.zone());
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    pane.visibleProperty().bind(model.openProperty());
    pane.managedProperty().bind(model.openProperty());
    title.textProperty().bind(model.titleProperty());
    logAge.textProperty().bind(model.ageProperty());
    follow.selectedProperty().bindBidirectional(model.followProperty());
    lines.setItems(model.lines());
    lines.setCellFactory(list -> new LineCell());
    model
        .lines()
        .addListener(
            (ListChangeListener<LogExcerpt.Line>)
                change -> {
                  if (model.followProperty().get()) {
                    lines.scrollTo(Math.max(0, model.lines().size() - 1));
                  }
                });
  }

  Parent view() {
    return view;
  }

  @FXML
  void refreshLog() {
    model.refresh();
  }

  /** When, how bad, what; a long line is broken. */
  private final class LineCell extends ListCell<LogExcerpt.Line> {
    LineCell() {
      setWrapText(true);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(LogExcerpt.@Nullable Line line, boolean empty) {
      super.updateItem(line, empty);
      getStyleClass().removeIf(it -> it.startsWith("log-"));
      if (empty || line == null) {
        setText(null);
        return;
      }
      // The date stands before the hour unless it is today's.
      String time = ages.time(line.at(), desk.now());
      setText(
          time + "  " + texts.get("nodes.log.level." + line.level().name()) + "  " + line.text());
      getStyleClass().add("log-" + line.level().name().toLowerCase(Locale.ROOT));
    }
  }
}
