package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Fxml;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.shell.PaletteItem.Kind;
import dev.jiggety.desktop.shell.PaletteViewModel.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The command palette above the window: a field, and what was found below it. */
public final class PaletteController {
  private static final int PAGE = 8;

  private final PaletteViewModel model;
  private final Texts texts;
  private final Parent view;
  private @Nullable Node before;

  @FXML private StackPane backdrop;
  @FXML private TextField typed;
  @FXML private ListView<Row> found;
  @FXML private Label nothing;

  PaletteController(PaletteViewModel model, Texts texts) {
    this.model = model;
    this.texts = texts;
    this.view = new Fxml(texts).load(this);
  }

  @FXML
  void initialize() {
    typed.textProperty().bindBidirectional(model.typedProperty());
    typed.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    found.setItems(model.rows());
    found.setCellFactory(list -> new Cell());
    found.setFocusTraversable(false);
    model
        .chosenProperty()
        .subscribe(row -> {
          found.getSelectionModel().clearAndSelect(row.intValue());
          found.scrollTo(Math.max(0, row.intValue() - PAGE / 2));
        });
    nothing
        .visibleProperty()
        .bind(
            found
                .itemsProperty()
                .isNotNull()
                .and(typed.textProperty().isNotEmpty())
                .and(model.chosenProperty().lessThan(0)));
    backdrop.setOnMousePressed(event -> {
      if (backdrop.equals(event.getTarget())) {
        model.close();
      }
    });
    backdrop.visibleProperty().bind(model.openProperty());
    backdrop.managedProperty().bind(model.openProperty());
    model
        .openProperty()
        .subscribe(open -> {
          if (open) {
            before = backdrop.getScene() == null ? null : backdrop.getScene().getFocusOwner();
            typed.requestFocus();
          } else if (before != null) {
            before.requestFocus();
            before = null;
          }
        });
  }

  Parent view() {
    return view;
  }

  private void pressed(KeyEvent event) {
    switch (event.getCode()) {
      case ESCAPE -> model.close();
      case ENTER -> model.run();
      case DOWN -> model.move(1);
      case UP -> model.move(-1);
      case PAGE_DOWN ->
          model.move(Math.min(PAGE, model.rows().size() - 1 - model.chosenProperty().get()));
      case PAGE_UP -> model.move(-Math.min(PAGE, model.chosenProperty().get()));
      case TAB -> model.move(event.isShiftDown() ? -1 : 1);
      default -> {
        return;
      }
    }
    event.consume();
  }

  private static Feather icon(Kind kind) {
    return switch (kind) {
      case PLACE -> Feather.CORNER_DOWN_RIGHT;
      case ACTION -> Feather.ZAP;
      case INCIDENT -> Feather.ALERT_TRIANGLE;
      case TEST -> Feather.LIST;
      case NODE -> Feather.SERVER;
      case PATCH -> Feather.PACKAGE;
      case HUB -> Feather.DATABASE;
    };
  }

  private final class Cell extends ListCell<Row> {
    Cell() {
      getStyleClass().add("palette-row");
      setOnMouseClicked(event -> {
        if (getIndex() < model.rows().size()) {
          model.chosenProperty().set(getIndex());
          model.run();
        }
      });
    }

    @Override
    protected void updateItem(@Nullable Row row, boolean empty) {
      super.updateItem(row, empty);
      setGraphic(empty || row == null ? null : line(row));
      setAccessibleText(empty || row == null ? "" : row.item().words() + ", " + kind(row));
    }
  }

  private String kind(Row row) {
    return texts.get("palette.kind." + row.item().kind().name().toLowerCase(Locale.ROOT));
  }

  private HBox line(Row row) {
    TextFlow words = new TextFlow();
    words.getChildren().setAll(parts(row));
    words.getStyleClass().add("palette-words");
    Label more = new Label(row.item().more());
    more.getStyleClass().add("palette-more");
    more.setMinWidth(0);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    Label end = new Label(row.item().keys().isEmpty() ? kind(row) : row.item().keys());
    end.getStyleClass().add(row.item().keys().isEmpty() ? "palette-kind" : "palette-keys");
    end.setMinWidth(Region.USE_PREF_SIZE);
    HBox line = new HBox(10, new FontIcon(icon(row.item().kind())), words, more, gap, end);
    line.setAlignment(Pos.CENTER_LEFT);
    line.setFillHeight(false);
    line.setAccessibleRole(AccessibleRole.TEXT);
    return line;
  }

  /** The words in pieces, those that were typed emphasised. */
  private static List<Text> parts(Row row) {
    String words = row.item().words();
    Set<Integer> hits = new HashSet<>(row.places());
    List<Text> parts = new ArrayList<>();
    int begin = 0;
    for (int at = 1; at <= words.length(); at++) {
      if (at == words.length() || hits.contains(at) != hits.contains(begin)) {
        Text part = new Text(words.substring(begin, at));
        part.getStyleClass().add(hits.contains(begin) ? "palette-hit" : "palette-letters");
        parts.add(part);
        begin = at;
      }
    }
    return parts;
  }
}
