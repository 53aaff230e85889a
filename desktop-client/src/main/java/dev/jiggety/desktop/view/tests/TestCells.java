package dev.jiggety.desktop.view.tests;

import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.chart.Palette;
import dev.jiggety.desktop.chart.Sparkline;
import dev.jiggety.desktop.feed.NodeVerdict;
import dev.jiggety.desktop.feed.SparkPoint;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.desktop.widget.VerdictLook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The cells of the table. */
final class TestCells {
  private static final PseudoClass GOES = PseudoClass.getPseudoClass("goes");

  private final Desk desk;
  private final Texts texts;
  private final Ages ages;
  private final ObservableValue<Palette> palette;

  TestCells(Desk desk, Ages ages, ObservableValue<Palette> palette) {
    this.desk = desk;
    this.texts = desk.texts();
    this.ages = ages;
    this.palette = palette;
  }

  TableCell<TestRow, TestPicture> verdict() {
    return new Cell((cell, row) -> row.look().dress(cell, texts)) {
      @Override
      void clear() {
        super.clear();
        getStyleClass().removeIf(name -> name.startsWith("verdict-"));
      }
    };
  }

  TableCell<TestRow, TestPicture> name() {
    FontIcon mark = new FontIcon(Feather.SHOPPING_BAG);
    mark.getStyleClass().add("waiting-mark");
    mark.managedProperty().bind(mark.visibleProperty());
    ObjectProperty<BasketEntry.@Nullable Kind> waiting = new SimpleObjectProperty<>();
    mark.visibleProperty().bind(waiting.isNotNull());
    waiting.subscribe(kind -> {
      boolean goes = kind == BasketEntry.Kind.DELETE;
      mark.setIconCode(goes ? Feather.TRASH_2 : Feather.SHOPPING_BAG);
      mark.pseudoClassStateChanged(GOES, goes);
      mark.setAccessibleText(texts.get(goes ? "tests.waiting.delete" : "tests.waiting"));
    });
    return new Cell((cell, row) -> {
      String name = row.picture().test().name();
      cell.setText(name);
      cell.setGraphic(mark);
      waiting.bind(row.waitingProperty());
      cell.setTooltip(new Tooltip(name)); // which may be longer than the column is wide
    });
  }

  TableCell<TestRow, TestPicture> tags() {
    return new StripCell<String>(4, row -> List.copyOf(row.picture().test().tags())) {
      @Override
      void dress(Label chip, String tag) {
        chip.setText(tag);
        chip.getStyleClass().setAll("label", "chip");
        chip.setMinWidth(USE_PREF_SIZE);
        setTooltip(new Tooltip(String.join(", ", getItem().test().tags())));
      }
    };
  }

  TableCell<TestRow, TestPicture> schedule() {
    return new Cell((cell, row) -> cell.setText(row.schedule()));
  }

  TableCell<TestRow, TestPicture> last() {
    return new Cell((cell, row) -> {
      Instant at = row.picture().lastAt();
      cell.setText(at == null ? texts.get("nothing") : ages.time(at, desk.now()));
      cell.getStyleClass().add("figure");
    });
  }

  TableCell<TestRow, TestPicture> median() {
    return new Cell((cell, row) -> {
      Duration median = row.picture().median();
      cell.setText(median == null ? texts.get("nothing") : ages.millis(median));
      cell.getStyleClass().add("figure");
    });
  }

  TableCell<TestRow, TestPicture> sparkline() {
    Sparkline line = new Sparkline();
    line.paletteProperty().bind(palette);
    Cell made =
        new Cell((cell, row) -> {
          List<SparkPoint> points = row.picture().sparkline();
          double[] values = points.stream().mapToDouble(SparkPoint::millis).toArray();
          boolean[] failed = new boolean[values.length];
          for (int i = 0; i < failed.length; i++) {
            failed[i] = points.get(i).failed();
          }
          line.show(values, failed);
          cell.setGraphic(line);
        });
    line.prefWidthProperty().bind(made.widthProperty().subtract(20));
    return made;
  }

  TableCell<TestRow, TestPicture> nodes() {
    return new StripCell<NodeVerdict>(3, row -> row.picture().nodes()) {
      @Override
      void dress(Label sign, NodeVerdict word) {
        VerdictLook.of(word.verdict()).dressSmall(sign, words(word));
      }
    };
  }

  private String words(NodeVerdict word) {
    String verdict = VerdictLook.of(word.verdict()).word(texts);
    String when = ages.time(word.last().startedAt(), desk.now());
    if (!word.fresh()) {
      return texts.get("tests.node.stale", word.node(), when);
    }
    return word.last().failure() == null
        ? texts.get("tests.node.word", word.node(), verdict, ages.millis(word.last().total()), when)
        : texts.get("tests.node.failed", word.node(), verdict, word.last().failure().text(), when);
  }

  /** A cell that shows something of its row, anew whenever the row's picture changes. */
  private static class Cell extends TableCell<TestRow, TestPicture> {
    private final BiConsumer<Cell, TestRow> show;

    Cell(BiConsumer<Cell, TestRow> show) {
      this.show = show;
    }

    void clear() {
      setText(null);
      setGraphic(null);
      setTooltip(null);
      getStyleClass().remove("figure");
    }

    @Override
    protected void updateItem(TestPicture picture, boolean empty) {
      super.updateItem(picture, empty);
      clear();
      if (!empty && picture != null && getTableRow() != null && getTableRow().getItem() != null) {
        show.accept(this, getTableRow().getItem());
      }
    }
  }

  /**
   * A cell with a strip of small labels, one for each item. Labels are kept as long as there are
   * items for them: what enters the scene during a layout is without its look for a moment.
   */
  private abstract static class StripCell<I> extends TableCell<TestRow, TestPicture> {
    private final HBox strip;
    private final Function<TestRow, List<I>> items;
    private List<I> shown = List.of();

    StripCell(double spacing, Function<TestRow, List<I>> items) {
      this.items = items;
      strip = new HBox(spacing);
      strip.setAlignment(Pos.CENTER_LEFT);
      setGraphic(strip);
    }

    abstract void dress(Label label, I item);

    @Override
    protected void updateItem(TestPicture picture, boolean empty) {
      super.updateItem(picture, empty);
      TestRow row = getTableRow() == null ? null : getTableRow().getItem();
      show(empty || row == null ? List.of() : items.apply(row));
    }

    private void show(List<I> wanted) {
      if (wanted.equals(shown)) {
        return;
      }
      List<Node> labels = strip.getChildren();
      for (int i = 0; i < wanted.size(); i++) {
        if (i >= labels.size()) {
          labels.add(new Label());
        }
        dress((Label) labels.get(i), wanted.get(i));
      }
      labels.subList(wanted.size(), labels.size()).clear();
      shown = List.copyOf(wanted);
    }
  }
}
