package dev.jiggety.desktop.view.results;

import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.navigation.Desk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.cell.CheckBoxListCell;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.control.PopOver;
import org.jspecify.annotations.Nullable;

/** Asks what a test is compared with: an earlier time, other tests. */
final class CompareChooser {
  /** More lines over each other tell nothing. */
  static final int MOST = 6;

  private static final int LISTED = 200;

  private final ResultsViewModel model;
  private final ComboBox<Shift> shift = new ComboBox<>();
  private final TextField filter = new TextField();
  private final ListView<TestPicture> list = new ListView<>();
  private final PopOver popOver;

  CompareChooser(Desk desk, ResultsViewModel model) {
    this.model = model;
    shift.getItems().setAll(Shift.values());
    shift.setConverter(
        new StringConverter<>() {
          @Override
          public String toString(@Nullable Shift it) {
            return it == null ? "" : desk.texts().get("results.shift." + it.name());
          }

          @Override
          public Shift fromString(String text) {
            throw new UnsupportedOperationException("only chosen, never typed");
          }
        });
    shift.setMaxWidth(Double.MAX_VALUE);
    shift.setAccessibleText(desk.texts().get("results.compare.time"));
    shift.setOnAction(event -> model.looksProperty().set(now().withShift(shift.getValue())));
    filter.setPromptText(desk.texts().get("results.compare.find"));
    filter.setAccessibleText(desk.texts().get("results.compare.find"));
    filter.textProperty().subscribe(this::list);
    list.setPrefSize(320, 220);
    list.setAccessibleText(desk.texts().get("results.compare.tests"));
    list.setCellFactory(
        CheckBoxListCell.forListView(
            this::chosen,
            new StringConverter<>() {
              @Override
              public String toString(@Nullable TestPicture it) {
                return it == null ? "" : it.test().name();
              }

              @Override
              public TestPicture fromString(String text) {
                throw new UnsupportedOperationException("only chosen, never typed");
              }
            }));
    Button none = new Button(desk.texts().get("results.compare.none"));
    none.setOnAction(event -> {
      model.looksProperty().set(now().withShift(Shift.NONE).withOthers(List.of()));
      popOver().hide();
    });
    VBox box =
        new VBox(
            8,
            new Label(desk.texts().get("results.compare.time")),
            shift,
            new Label(desk.texts().get("results.compare.tests")),
            filter,
            list,
            none);
    box.getStyleClass().add("chooser");
    popOver = new PopOver(box);
    popOver.setArrowLocation(PopOver.ArrowLocation.TOP_CENTER);
    popOver.setAnimated(false);
  }

  private PopOver popOver() {
    return popOver;
  }

  private Looks now() {
    return model.looksProperty().get();
  }

  /** Opens below a control. */
  void open(Node owner) {
    shift.setValue(now().shift());
    list(filter.getText());
    popOver.show(owner);
    shift.requestFocus();
  }

  private void list(String words) {
    String wanted = words.strip().toLowerCase(Locale.ROOT);
    list.setItems(
        FXCollections.observableArrayList(
            model.tests().stream()
                .filter(it -> !it.test().id().equals(model.testIdProperty().get()))
                .filter(it ->
                    now().others().contains(it.test().id())
                        || it.test().name().toLowerCase(Locale.ROOT).contains(wanted))
                .limit(LISTED)
                .toList()));
  }

  private BooleanProperty chosen(TestPicture test) {
    String id = test.test().id();
    BooleanProperty chosen = new SimpleBooleanProperty(now().others().contains(id));
    chosen.addListener((property, before, wanted) -> {
      List<String> others = new ArrayList<>(now().others());
      others.remove(id);
      if (wanted && others.size() < MOST - 1) {
        others.add(id);
      } else if (wanted) {
        chosen.set(false);
      }
      model.looksProperty().set(now().withOthers(others));
    });
    return chosen;
  }
}
