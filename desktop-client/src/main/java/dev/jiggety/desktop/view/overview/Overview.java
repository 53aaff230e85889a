package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Activity;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.session.Remembered;
import dev.jiggety.desktop.session.Session;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** The overview of a session, and its wall. FX thread only. */
public final class Overview implements AutoCloseable {
  private final Desk desk;
  private final Session session;
  private final Themes themes;
  private final OverviewViewModel model;
  private final OverviewController activity;
  private @Nullable WallController wall;

  public Overview(Desk desk, Session session, Remembered remembered, Themes themes) {
    this.desk = desk;
    this.session = session;
    this.themes = themes;
    this.model = new OverviewViewModel(desk, session, remembered);
    this.activity = new OverviewController(model, desk);
  }

  /** The screen. */
  public Activity activity() {
    return activity;
  }

  /** Fills the screen that a window is on with what the overview is narrowed to. */
  public void openWall(Window owner) {
    if (wall == null) {
      OverviewViewModel itsOwn = new OverviewViewModel(desk, session);
      wall = new WallController(new WallViewModel(desk, itsOwn), desk, themes);
    }
    wall.open(owner, model.wishProperty().get().withOrder(Wish.Order.WORST));
  }

  @Override
  public void close() {
    if (wall != null) {
      wall.close();
    }
  }
}
