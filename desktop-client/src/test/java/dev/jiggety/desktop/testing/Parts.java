package dev.jiggety.desktop.testing;

import dev.jiggety.model.Generation;
import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.Vitals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/** Parts of an installation as they speak of themselves. */
public final class Parts {
  private static final String DIGEST =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  private Parts() {}

  /** A node of which much is not as it should be. */
  public static NodeStatus troubled(String name, Instant now) {
    return new NodeStatus(
        name,
        new TreeSet<>(List.of("eu", "dsl")),
        "0.1.0",
        now.minusSeconds(86_400),
        now,
        6,
        345,
        0,
        Duration.ofMillis(3),
        Duration.ofSeconds(-12),
        now,
        new SlotReport(
            name,
            7,
            new Generation("", 4, DIGEST),
            new Generation("p-9", 5, DIGEST),
            SlotReport.Stage.FAILED,
            "test:shop-home: http.url is no URL",
            SlotReport.NOT_ASKED,
            List.of(),
            SlotReport.Health.GOOD),
        now.minusSeconds(600),
        0,
        new Vitals(3L << 30, 90L << 20, List.of("the clock of this machine was set back")));
  }

  /** An active manager. */
  public static ManagerReport manager(Instant now) {
    return new ManagerReport(
        "m1",
        "0.1.0",
        now.minusSeconds(86_400),
        now,
        ManagerReport.Stand.ACTIVE,
        now.minusSeconds(86_000),
        "",
        3,
        4,
        0,
        null,
        new Vitals(40L << 30, 120L << 20, List.of()));
  }

  /** An embedded hub with little room. */
  public static HubReport hub(Instant now) {
    return new HubReport(
        "hub",
        "0.1.0",
        now.minusSeconds(86_400),
        now,
        8,
        3L << 30,
        12,
        new Vitals(300L << 20, 150L << 20, List.of()));
  }
}
