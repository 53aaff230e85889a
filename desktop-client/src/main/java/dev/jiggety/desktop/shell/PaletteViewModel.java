package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.shell.PaletteItem.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * The command palette: everything that one can go to or have done, found by a few letters. What
 * there is, is asked for when it opens; while it is open, typing only searches. FX thread only.
 */
final class PaletteViewModel {
  /** More than anybody reads; who does not find it here types another letter. */
  static final int MOST_ROWS = 50;

  /** What was found only by its second name comes after what was found by its first. */
  private static final int SECOND_NAME = 12;

  private static final Comparator<Row> BEST_FIRST =
      Comparator.<Row>comparingInt(row -> -row.score())
          .thenComparing(row -> row.item().kind())
          .thenComparing(row -> row.item().words());

  private final StringProperty typed = new SimpleStringProperty("");
  private final IntegerProperty chosen = new SimpleIntegerProperty(-1);
  private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
  private final ObservableList<Row> rows = FXCollections.observableArrayList();
  private final Supplier<List<PaletteItem>> source;
  private List<PaletteItem> items = List.of();

  /**
   * One thing that was found.
   *
   * @param places where the letters that were typed stand in its words
   */
  record Row(PaletteItem item, int score, List<Integer> places) {}

  /**
   * A palette.
   *
   * @param source all that can be chosen now; asked each time it opens
   */
  PaletteViewModel(Supplier<List<PaletteItem>> source) {
    this.source = source;
    typed.subscribe(text -> search());
  }

  /** What was typed. */
  StringProperty typedProperty() {
    return typed;
  }

  /** Which row is chosen; -1 where there is none. */
  IntegerProperty chosenProperty() {
    return chosen;
  }

  /** Whether it is open. */
  ReadOnlyBooleanProperty openProperty() {
    return open.getReadOnlyProperty();
  }

  /** What was found, the best first. */
  ObservableList<Row> rows() {
    return rows;
  }

  /** Opens it, empty, with what there is now. */
  void open() {
    items = source.get();
    open.set(true);
    typed.set("");
    search();
  }

  /** Closes it and lets go of what there was. */
  void close() {
    open.set(false);
    items = List.of();
    typed.set("");
    rows.clear();
  }

  /** Goes up or down, round the ends. */
  void move(int steps) {
    if (!rows.isEmpty()) {
      chosen.set(Math.floorMod(chosen.get() + steps, rows.size()));
    }
  }

  /** Closes it and does what is chosen. */
  void run() {
    int row = chosen.get();
    if (row < 0 || row >= rows.size()) {
      return;
    }
    Runnable doing = rows.get(row).item().doing();
    close();
    doing.run();
  }

  private void search() {
    if (!open.get()) {
      return;
    }
    String query = Fuzzy.query(typed.get());
    List<Row> found = new ArrayList<>();
    for (PaletteItem item : items) {
      if (query.isEmpty() && item.kind().compareTo(Kind.INCIDENT) > 0) {
        continue; // before anything is typed: where to go and what to do, not five thousand tests
      }
      find(query, item).ifPresent(found::add);
    }
    if (!query.isEmpty()) {
      found.sort(BEST_FIRST);
    }
    chosen.set(-1); // the rows are others now: who shows the choice has to be told anew
    rows.setAll(found.subList(0, Math.min(found.size(), MOST_ROWS)));
    chosen.set(rows.isEmpty() ? -1 : 0);
  }

  private static Optional<Row> find(String query, PaletteItem item) {
    Optional<Row> byWords =
        Fuzzy.match(query, item.words(), item.lower()).map(match -> row(item, match));
    if (byWords.isPresent() || item.more().isEmpty()) {
      return byWords;
    }
    return Fuzzy.match(query, item.more(), item.moreLower())
        .map(match -> new Row(item, match.score() - SECOND_NAME, List.of()));
  }

  private static Row row(PaletteItem item, Fuzzy.Match match) {
    List<Integer> places = new ArrayList<>();
    for (int place : match.places()) {
      places.add(place);
    }
    return new Row(item, match.score(), List.copyOf(places));
  }
}
