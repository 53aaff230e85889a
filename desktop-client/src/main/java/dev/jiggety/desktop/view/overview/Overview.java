package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Remembered;
import dev.jiggety.desktop.session.Session;
import javafx.stage.Window;

/** The overview of a session, and its wall. FX thread only. */
public final class Overview implements AutoCloseable {
  private final OverviewViewModel model;
  private final OverviewController activity;
  private final WallController wall;
  private final OverviewViewModel onWall;

  public Overview(Desk desk, Session session, Remembered remembered, Themes themes) {
    this.model = new OverviewViewModel(desk, session, remembered);
    this.activity = new OverviewController(model, desk);
    this.onWall = new OverviewViewModel(desk, session);
    this.wall = new WallController(new WallViewModel(desk, onWall), desk, themes);
  }

  /** The screen. */
  public Activity activity() {
    return activity;
  }

  /** Fills the screen that a window is on with what the overview is narrowed to. */
  public void openWall(Window owner) {
    onWall.wishProperty().set(model.wishProperty().get().withOrder(Wish.Order.WORST));
    wall.open(owner);
  }

  @Override
  public void close() {
    wall.close();
  }
}
