package dev.jiggety.desktop.view.patches;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeClock;
import dev.jiggety.desktop.testing.Incidents;
import dev.jiggety.desktop.view.patches.ShadowRow.Meaning;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Incident;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TouchesTest {
  private final TestDefinition shop = Examples.test("shop", "Shop", "web");
  private final TestDefinition mail = Examples.test("mail", "Mail");
  private final List<NodeStatus> nodes =
      List.of(Examples.node("oslo-1", FakeClock.START), Examples.node("rome-1", FakeClock.START));
  private final JsonObject policy =
      json(
          """
          {"_id":"policy:web","type":"policy","schema":1,"name":"Web","which":{"tags":["web"]},
           "steps":[{"channels":["pager"]}]}
          """);

  @Test
  void aTestThatIsSwitchedOffEndsWhatLastsOfIt() {
    Touches touches =
        of(
            BasketEntry.put(
                shop.toBuilder().active(false).build(),
                TestDocument.TYPE.write(shop),
                FakeClock.START));
    assertThat(touches.tests()).containsExactly("shop");
    assertThat(touches.nodes()).as("both stop running it").containsExactly("oslo-1", "rome-1");
    assertThat(touches.silenced()).containsExactly("shop");
    assertThat(touches.alerts()).isEmpty();
  }

  @Test
  void aWindowAPolicyAndAChannelTouchWhoIsTold() {
    assertThat(
            of(entry(
                    """
                    {"_id":"window:n","type":"window","schema":1,"tests":["mail"],
                     "again":{"cron":"0 3 * * *"}}
                    """))
                .alerts())
        .containsExactly("mail");
    assertThat(of(new BasketEntry("policy:web", null, policy, FakeClock.START)).alerts())
        .containsExactly("shop");
    Touches channel =
        of(
            entry(
                """
                {"_id":"channel:pager","type":"channel","schema":1,"kind":"slack",
                 "webhook":{"url":"${secret.slack}"}}
                """));
    assertThat(channel.policies()).containsExactly("Web");
    assertThat(channel.alerts()).containsExactly("shop");
    assertThat(channel.nodes()).isEmpty();
  }

  @Test
  void oldAgainstNewSaysWhoIsToBlame() {
    assertThat(meaning(4, 0, 0, 2)).isEqualTo(Meaning.AT_FAULT);
    assertThat(meaning(0, 3, 0, 2)).isEqualTo(Meaning.BOTH_FAIL);
    assertThat(meaning(0, 3, 2, 0)).isEqualTo(Meaning.BETTER);
    assertThat(meaning(4, 0, 2, 0)).isEqualTo(Meaning.PASSES);
    assertThat(meaning(4, 0, 0, 0)).isEqualTo(Meaning.NOTHING);
    assertThat(meaning(0, 0, 0, 2)).as("a new test").isEqualTo(Meaning.FAILS);
  }

  private Touches of(BasketEntry entry) {
    return Touches.of(
        List.of(entry),
        List.of(shop, mail),
        nodes,
        Map.of("policy:web", policy),
        List.of(Incidents.open(Incident.Kind.DOWN, "shop", Duration.ofMinutes(1))));
  }

  private static BasketEntry entry(String document) {
    JsonObject wanted = json(document);
    return new BasketEntry(wanted.get("_id").getAsString(), null, wanted, FakeClock.START);
  }

  private static Meaning meaning(int oldPassed, int oldFailed, int newPassed, int newFailed) {
    return new ShadowRow(
            "oslo-1", new SlotReport.Shadow("shop", oldPassed, oldFailed, newPassed, newFailed))
        .meaning();
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
