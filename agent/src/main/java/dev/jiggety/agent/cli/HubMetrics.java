package dev.jiggety.agent.cli;

import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubStatus;
import dev.jiggety.agent.metrics.HubFigures;
import dev.jiggety.agent.metrics.Who;
import java.util.List;

/** The figures of an embedded hub. */
final class HubMetrics {
  private static final int MOST_DATABASES = 200;

  private HubMetrics() {}

  static MetricsOption.Role of(EmbeddedHub hub) {
    return new MetricsOption.Role(
        new Who("hub", "hub", Version.text()),
        List.of(new HubFigures(() -> read(hub.status()), MOST_DATABASES)),
        List::of,
        Closing.NOTHING);
  }

  private static HubFigures.Reading read(HubStatus status) {
    return new HubFigures.Reading(
        status.requests().stream()
            .map(it -> new HubFigures.Requests(it.kind(), it.status(), it.count()))
            .toList(),
        status.feeds(),
        status.refusedLogins(),
        status.databases().stream()
            .map(it -> new HubFigures.Database(it.name(), it.documents(), it.bytes()))
            .toList(),
        status.certificateEnds(),
        status.vitals());
  }
}
