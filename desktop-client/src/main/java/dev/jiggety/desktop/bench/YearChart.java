package dev.jiggety.desktop.bench;

import dev.jiggety.desktop.chart.ChartInput.Pane;
import dev.jiggety.desktop.chart.ChartStack;
import dev.jiggety.desktop.chart.Words;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.SystemTicker;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.navigation.Dialogs;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.view.results.Looks;
import dev.jiggety.desktop.view.results.ResultsViewModel;
import dev.jiggety.desktop.view.results.Shift;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.scene.Scene;
import javafx.stage.Stage;

/** Percentiles of a year, day by day, from the hub's archives to what is seen. */
final class YearChart implements Figure {
  private static final int ROUNDS = 7;

  @Override
  public void measure(Room room, Told told) throws Exception {
    try (SystemTicker ticker = new SystemTicker()) {
      measure(room, told, ticker);
    }
  }

  private static void measure(Room room, Told told, SystemTicker ticker) throws Exception {
    Session session = Room.fx(() -> room.shell().session().orElseThrow());
    Desk desk =
        new Desk(
            room.tasks(),
            ticker,
            InstantSource.system(),
            ZoneId.systemDefault(),
            new Texts(Locale.ENGLISH),
            room.shell(),
            new Silent());
    ResultsViewModel model = Room.fx(() -> new ResultsViewModel(desk, session));
    Stage stage = Room.fx(() -> window(room, model));
    Instant now = Instant.now();
    Pin pin =
        Room.fx(() -> {
          model.testIdProperty().set("test-0");
          model
              .looksProperty()
              .set(new Looks(true, false, Set.of(Pane.RESPONSE), Shift.NONE, List.of(), Set.of()));
          return model.activate();
        });
    room.untilDrawn(() -> {});
    double first =
        room.untilDrawn(() ->
            model.showSpan(now.minus(Duration.ofDays(room.scale().days())), now.plusMillis(1)));
    told.figure("a year with percentiles, first time", first, "ms"); // the hub makes its indexes
    told.figure("a year with percentiles", median(room, model), "ms");
    Room.fx(() -> {
      model.looksProperty().set(model.looksProperty().get().withPercentiles(false));
      return true;
    });
    room.untilDrawn(() -> {});
    told.figure("a year, a line for each node", median(room, model), "ms");
    Room.fx(() -> {
      pin.close();
      stage.close();
      return true;
    });
  }

  private static Stage window(Room room, ResultsViewModel model) {
    ChartStack charts =
        new ChartStack(
            room.tasks(),
            model.viewProperty(),
            new Words(Map.of(), ZoneId.systemDefault(), Locale.ENGLISH));
    model.inputProperty().subscribe(charts::setInput);
    Stage stage = new Stage();
    stage.setScene(new Scene(charts, 1200, 700));
    stage.show();
    return stage;
  }

  /** Asked anew, everything. */
  private static double median(Room room, ResultsViewModel model) throws Exception {
    double[] millis = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      millis[i] = room.untilDrawn(model::restart);
    }
    Arrays.sort(millis);
    return millis[ROUNDS / 2];
  }

  /** Nobody is there to be told anything. */
  private static final class Silent implements Dialogs {
    @Override
    public void say(Tone tone, String text) {}

    @Override
    public void confirm(String question, String consequence, String action, Runnable yes) {}
  }
}
