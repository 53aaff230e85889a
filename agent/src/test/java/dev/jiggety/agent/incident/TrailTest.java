package dev.jiggety.agent.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Entry;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.IncidentAct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private static Incident incident(List<Entry> trail) {
    return new Incident(
        "i", Kind.DOWN, "shop", START, START, null, null, "down", List.of(), null, null, trail);
  }

  @Test
  void isBoundedAndKeepsItsBeginning() {
    List<Entry> trail = List.of();
    for (int i = 0; i < 500; i++) {
      String event = i == 0 ? "opened" : "changed";
      trail = Trail.with(trail, new Entry(START.plusSeconds(i), event, "manager:m1", "" + i));
    }
    assertThat(trail).hasSizeLessThanOrEqualTo(51);
    assertThat(trail.getFirst().event()).isEqualTo("opened");
    assertThat(trail.getLast().text()).isEqualTo("499");
  }

  @Test
  void whatWasSaidAHundredTimesIsTakenInOnceAndStaysTheSame() {
    List<IncidentAct> acts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      acts.add(
          new IncidentAct(
              "a" + i, "i", IncidentAct.Act.COMMENT, "ada", "remark " + i, START.plusSeconds(i)));
    }
    Incident opened = incident(List.of(new Entry(START, "opened", "manager:m1", "down")));
    Incident once = Trail.heard(opened, acts);
    assertThat(once.trail()).hasSize(51);
    assertThat(once.trail().getLast().text()).isEqualTo("remark 99");
    assertThat(Trail.heard(once, acts.reversed())).isEqualTo(once);
  }
}
