package dev.jiggety.desktop.bench;

import dev.jiggety.desktop.navigation.Navigator.Place;
import java.util.Arrays;

/** From the wish to see all tests until they are seen. */
final class OverviewOpening implements Figure {
  private static final int ROUNDS = 5;

  @Override
  public void measure(Room room, Told told) throws Exception {
    double[] overview = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      room.untilDrawn(() -> room.shell().go(Place.NODES));
      overview[i] = room.untilDrawn(() -> room.shell().go(Place.OVERVIEW));
    }
    Arrays.sort(overview);
    told.figure("overview opens", overview[ROUNDS / 2], "ms");
    told.figure(
        "list of tests opens, first time",
        room.untilDrawn(() -> room.shell().go(Place.TESTS)),
        "ms");
    room.untilDrawn(() -> room.shell().go(Place.OVERVIEW));
  }
}
