package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.fx.Ticker;
import dev.jiggety.desktop.session.HubConnector;
import dev.jiggety.desktop.session.OperatorKeys;
import dev.jiggety.desktop.session.SettingsFile;
import dev.jiggety.desktop.system.SystemParts;
import java.time.InstantSource;
import java.time.ZoneId;

/** What the program stands on: real in the running program, in memory in tests. */
public record Services(
    HubConnector connector,
    SettingsFile settings,
    Tasks tasks,
    Ticker ticker,
    InstantSource clock,
    ZoneId zone,
    Texts texts,
    OperatorKeys keys,
    SystemParts system) {
  /** With nothing of the operating system's own: no key store, no notifications. */
  public Services(
      HubConnector connector,
      SettingsFile settings,
      Tasks tasks,
      Ticker ticker,
      InstantSource clock,
      ZoneId zone,
      Texts texts,
      OperatorKeys keys) {
    this(connector, settings, tasks, ticker, clock, zone, texts, keys, SystemParts.NONE);
  }
}
