package dev.jiggety.desktop.navigation;

import dev.jiggety.desktop.fx.Pin;
import org.jspecify.annotations.Nullable;

/** A screen that follows the hub while it is seen, and only then. */
public abstract class LiveActivity implements Activity {
  private @Nullable Pin pin;

  /** Begins to follow. */
  protected abstract Pin follow();

  @Override
  public void activate() {
    pin = follow();
  }

  @Override
  public void deactivate() {
    if (pin != null) {
      pin.close();
      pin = null;
    }
  }
}
