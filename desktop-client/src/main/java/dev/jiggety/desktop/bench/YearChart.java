package dev.jiggety.desktop.bench;

import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.view.results.Range;
import java.util.Arrays;

/**
 * A year from the hub's archives to what is seen, on the screen of results and by its own buttons:
 * percentiles day by day, and a line for each node.
 */
final class YearChart implements Figure {
  private static final int ROUNDS = 7;

  @Override
  public void measure(Room room, Told told) throws Exception {
    Room.fx(() -> {
      room.shell().results("test-0");
      return true;
    });
    room.untilDrawn(() -> {});
    room.untilDrawn(() -> room.press(true));
    // The hub makes its indexes when it is asked for the first time.
    told.figure(
        "a year with percentiles, first time", room.untilDrawn(() -> room.press(Range.YEAR)), "ms");
    told.figure("a year with percentiles", median(room), "ms");
    room.untilDrawn(() -> room.press(false));
    told.figure("a year, a line for each node", median(room), "ms");
    Room.fx(() -> {
      room.shell().go(Place.OVERVIEW);
      return true;
    });
    room.untilDrawn(() -> {});
  }

  /** Read anew, all of it. */
  private static double median(Room room) throws Exception {
    double[] millis = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      millis[i] = room.untilDrawn(room::refresh);
    }
    Arrays.sort(millis);
    return millis[ROUNDS / 2];
  }
}
