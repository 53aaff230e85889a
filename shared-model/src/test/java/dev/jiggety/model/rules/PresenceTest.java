package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.ManagerReport.Stand;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Vitals;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");
  private static final Vitals WELL = new Vitals(10L << 30, 0, List.of());

  @Test
  void nothingIsAmissWhereAllHaveReported() {
    assertThat(
            Presence.amiss(
                List.of(node(Duration.ofSeconds(30))),
                List.of(
                    manager(Stand.PASSIVE, Duration.ZERO), manager(Stand.ACTIVE, Duration.ZERO)),
                List.of(hub(WELL)),
                NOW))
        .isEmpty();
  }

  @Test
  void aSilentNodeIsMissedUntilItIsForgotten() {
    assertThat(amiss(node(Presence.FRESH.plusSeconds(1))))
        .containsExactly("the node north is silent since 2026-03-05T11:58:44Z");
    assertThat(amiss(node(Presence.FRESH))).isEmpty();
    assertThat(amiss(node(Presence.FORGOTTEN.plusSeconds(1)))).isEmpty();
  }

  @Test
  void aManagerThatWasActiveAndIsSilentLeadsNobody() {
    assertThat(
            Presence.amiss(
                    List.of(),
                    List.of(manager(Stand.ACTIVE, Duration.ofMinutes(5))),
                    List.of(),
                    NOW)
                .values())
        .containsExactly(
            "no manager is active: patches wait",
            "the manager m is silent since 2026-03-05T11:55:00Z");
  }

  @Test
  void wherePatchesWereNeverUsedNoManagerIsMissed() {
    assertThat(Presence.amiss(List.of(), List.of(), List.of(), NOW)).isEmpty();
  }

  @Test
  void aHubWhoseDiskFillsIsNoticed() {
    Vitals full = new Vitals(100L << 20, 0, List.of());
    assertThat(Presence.amiss(List.of(), List.of(), List.of(hub(full)), NOW).values())
        .containsExactly("the disk of the hub has 100 MiB left");
    assertThat(
            Presence.amiss(List.of(), List.of(), List.of(hub(new Vitals(null, 0, List.of()))), NOW))
        .isEmpty();
  }

  @Test
  void noticesAreBounded() {
    Vitals many = new Vitals(null, 0, Collections.nCopies(25, "x".repeat(500) + "\nsecond line"));
    assertThat(many.notices()).hasSize(Vitals.MOST_NOTICES).last().isEqualTo("and 16 more");
    assertThat(many.notices())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Vitals.LONGEST_NOTICE));
    assertThat(new Vitals(null, 0, many.notices())).isEqualTo(many);
  }

  private static Collection<String> amiss(NodeStatus node) {
    return Presence.amiss(List.of(node), List.of(), List.of(), NOW).values();
  }

  private static NodeStatus node(Duration ago) {
    return Samples.node("north", NOW.minus(ago));
  }

  private static ManagerReport manager(Stand stand, Duration ago) {
    Instant then = NOW.minus(ago);
    return new ManagerReport("m", "", then, then, stand, then, "", 1, 1, 0, null, WELL);
  }

  private static HubReport hub(Vitals vitals) {
    return new HubReport("hub", "", NOW, NOW, 1, 1, 0, vitals);
  }
}
