package dev.jiggety.desktop.shell;

import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.fx.Ticker;
import dev.jiggety.desktop.session.HubConnector;
import dev.jiggety.desktop.session.OperatorKeys;
import dev.jiggety.desktop.session.SettingsFile;
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
    OperatorKeys keys) {}
