package dev.jiggety.desktop.navigation;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.fx.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;

/**
 * What every activity has at hand.
 *
 * @param tasks the door to and from the FX thread
 * @param zone in which times are shown
 */
public record Desk(
    Tasks tasks,
    Ticker ticker,
    InstantSource clock,
    ZoneId zone,
    Texts texts,
    Navigator navigator,
    Dialogs dialogs) {

  /** The present. */
  public Instant now() {
    return clock.instant();
  }

  /** Calls back on the FX thread every second, for ages that tick. */
  public Pin everySecond(Runnable action) {
    return ticker.every(Duration.ofSeconds(1), () -> tasks.post(action));
  }
}
