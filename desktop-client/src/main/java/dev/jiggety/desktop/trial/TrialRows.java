package dev.jiggety.desktop.trial;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.run.PictureSource;
import dev.jiggety.desktop.trial.TrialRow.State;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.Run;
import java.util.List;
import java.util.function.Function;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Who was asked, and how far each of them is. FX thread only. */
final class TrialRows {
  private final Texts texts;
  private final Ages ages;
  private final ObservableList<TrialRow> rows = FXCollections.observableArrayList();

  // Kept, as such a list hears its source only as long as somebody holds it.
  private final ObservableList<TrialRow> toSee = FXCollections.unmodifiableObservableList(rows);

  TrialRows(Texts texts, Ages ages) {
    this.texts = texts;
    this.ages = ages;
  }

  /** These are asked now; nobody has answered. */
  void begin(List<String> who) {
    String waiting = texts.get("trial.waiting");
    rows.setAll(
        who.stream()
            .map(it -> new TrialRow(it, State.WAITING, waiting, null, PictureSource.NONE))
            .toList());
  }

  void answered(String who, Run run, PictureSource pictures) {
    String verdict = texts.get("verdict." + run.verdict());
    String text =
        run.samples().isEmpty()
            ? verdict
            : texts.get("trial.answered", verdict, ages.millis(run.samples().getLast().total()));
    put(new TrialRow(who, State.ANSWERED, text, run, pictures));
  }

  void refused(String who, String why) {
    put(new TrialRow(who, State.REFUSED, why, null, PictureSource.NONE));
  }

  /** All who have not answered are said to be so far. */
  void others(State state, Function<String, String> text) {
    rows.replaceAll(
        row -> row.state() == State.WAITING ? row.with(state, text.apply(row.who())) : row);
  }

  long count(State wanted) {
    return rows.stream().filter(row -> row.state() == wanted).count();
  }

  /** How it ended, in a line. */
  String summary() {
    return rows.size() == 1
        ? rows.getFirst().text()
        : texts.get("trial.done", count(State.ANSWERED), rows.size());
  }

  /** For who only looks. */
  ObservableList<TrialRow> toSee() {
    return toSee;
  }

  /** In the place of what was known of the same; at the end where nobody expected it. */
  private void put(TrialRow row) {
    int at = rows.stream().map(TrialRow::who).toList().indexOf(row.who());
    if (at >= 0) {
      rows.set(at, row);
    } else {
      rows.add(row);
    }
  }
}
