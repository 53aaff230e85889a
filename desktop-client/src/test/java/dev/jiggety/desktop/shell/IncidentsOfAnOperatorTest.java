package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeClock;
import dev.jiggety.desktop.testing.Incidents;
import dev.jiggety.desktop.testing.UiTest;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator does when something is down. */
class IncidentsOfAnOperatorTest extends UiTest {
  private final Incident down =
      Incidents.open(Incident.Kind.DOWN, "checkout", Duration.ofSeconds(130));

  @BeforeEach
  void fillHub() {
    Examples.fillShop(hub, clock.instant());
    hub.incidents().put(Incidents.seenByItsNodes(down, hub));
    hub.incidents().put(Incidents.open(Incident.Kind.DEGRADED, "search", Duration.ofMinutes(9)));
    hub.incidents().put(Incidents.open(Incident.Kind.NODE, "oslo-1", Duration.ofHours(5)));
    for (int i = 1; i < 12; i++) {
      hub.incidents()
          .put(Incidents.over("login", Duration.ofHours(11L * i), Duration.ofMinutes(7L * i)));
    }
  }

  @Test
  void acknowledgesWhileTheHubIsAwayAndItIsThereAsSoonAsItIsBack() {
    connect();
    open(down.id());
    awaitText("Checkout: Down");
    awaitText("2 nodes said so (berlin-1, dublin-1) against 1 that saw it up (oslo-1).");
    awaitText("There is no policy at all");
    hub.goAway();
    awaitText("Hub away since");
    type("words", "I call the host");
    press("acknowledge");
    awaitText("ada looks after it");
    awaitText("waits for the hub");
    assertThat(hub.incidents().said()).isEmpty();
    hub.comeBack();
    awaitThat(() -> hub.incidents().said().size() == 1);
    awaitText("no manager has taken it up yet");
    assertThat(hub.incidents().said().getFirst().act()).isEqualTo(IncidentAct.Act.ACKNOWLEDGE);
    assertThat(hub.incidents().said().getFirst().text()).isEqualTo("I call the host");
  }

  @Test
  void aMaintenanceWindowFromAnIncidentIsRolledOut() {
    connect();
    open(down.id());
    awaitText("Checkout: Down");
    press("maintain");
    awaitText("Maintenance of Checkout");
    press("submit");
    awaitText("In force");
    assertThat(hub.manager().inForce().documents().keySet())
        .anyMatch(id -> id.startsWith("window:checkout-"));
  }

  @Test
  void looksAsItShould() {
    connect();
    for (Themes.Choice theme : List.of(Themes.Choice.LIGHT, Themes.Choice.DARK)) {
      String suffix = theme == Themes.Choice.LIGHT ? "-light" : "-dark";
      fx(() -> {
        shell.themes().choiceProperty().set(theme);
        return true;
      });
      open(down.id());
      awaitText("Checkout: Down");
      awaitText("status is 500");
      picture("incidents" + suffix);
      fx(() -> {
        shell.alerting("policy:");
        return true;
      });
      awaitText("New policy");
      picture("alerting" + suffix);
      fx(() -> {
        shell.alerting("window:");
        return true;
      });
      awaitText("New maintenance window");
      picture("alerting-window" + suffix);
    }
    assertThat(FakeClock.START).isBefore(clock.instant());
  }

  private void open(String id) {
    fx(() -> {
      shell.incident(id);
      return true;
    });
  }
}
