package dev.jiggety.desktop.view.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.basket.Parcel;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertingViewModelTest {
  private final Bench bench = new Bench();
  private Session session;
  private AlertingViewModel model;

  @BeforeEach
  void open() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    bench
        .hub
        .manager()
        .putInForce(
            document(
                """
                {"_id":"window:night","type":"window","schema":1,"name":"Night","tags":["shop"],
                 "again":{"cron":"0 3 * * *","zone":"Europe/Berlin","length":"1h","later":7},"owner":"x"}
                """));
    bench
        .hub
        .manager()
        .putInForce(
            document(
                """
                {"_id":"channel:pager","type":"channel","schema":1,"name":"Pager","kind":"pagerduty",
                 "webhook":{"key":"${secret.pagerduty}"}}
                """));
    session = bench.session();
    model = new AlertingViewModel(bench.desk, session);
    model.activate();
    bench.settle();
  }

  @Test
  void whatTheFormDoesNotKnowStays() {
    model.choose("window:night");
    draft().text("name", "Nightly");
    draft().text("again.length", "2h");
    model.changed();
    assertThat(model.dirtyProperty().get()).isTrue();
    assertThat(model.problemsProperty().get()).isEmpty();
    model.addToBasket();
    JsonObject wanted = session.basket().find("window:night").orElseThrow().wanted();
    assertThat(wanted.get("owner").getAsString()).isEqualTo("x");
    assertThat(wanted.getAsJsonObject("again").get("later").getAsInt()).isEqualTo(7);
    assertThat(wanted.getAsJsonObject("again").get("length").getAsString()).isEqualTo("2h");
    assertThat(model.dirtyProperty().get()).isFalse();
  }

  @Test
  void theManagersRulesSpeakAsOneTypes() {
    model.choose("window:night");
    draft().text("again.cron", "61 3 * * *");
    model.changed();
    assertThat(Judgement.at(model.problemsProperty().get(), "again.cron")).isNotEmpty();
    model.addToBasket();
    assertThat(session.basket().state().entries()).isEmpty();
    draft().text("again.cron", "0 4 * * *");
    model.changed();
    assertThat(model.problemsProperty().get()).isEmpty();
    assertThat(model.aheadProperty().get()).first().asString().startsWith("4 of 6 tests are in it");
    assertThat(model.aheadProperty().get()).anyMatch(it -> it.contains("03:00"));
  }

  @Test
  void aPolicyNamesChannelsThatThereAre() {
    model.create(Kind.POLICY);
    model.name("shop");
    draft().rows("steps").getFirst().names("channels", "pager, nobody");
    model.changed();
    assertThat(Judgement.at(model.problemsProperty().get(), "steps")).contains("nobody");
    draft().rows("steps").getFirst().names("channels", "pager");
    model.changed();
    assertThat(model.problemsProperty().get()).isEmpty();
    model.addToBasket();
    assertThat(session.basket().find("policy:shop")).isPresent();
  }

  @Test
  void aPasswordIsAReferenceAndTheKindOfAChannelCanBeChangedAndBack() {
    model.create(Kind.CHANNEL);
    model.name("ops");
    draft().text("mail.password", "hunter2");
    draft().text("mail.user", "jiggety");
    draft().text("mail.host", "mail.example.org");
    draft().text("mail.from", "a@example.org");
    draft().names("mail.to", "b@example.org");
    model.changed();
    assertThat(Judgement.at(model.problemsProperty().get(), "mail.password")).contains("secret");
    Field.Shape kind = new Field.Shape("kind", List.of());
    model.reshape(kind, "slack");
    assertThat(draft().has("mail")).isFalse();
    model.reshape(kind, "mail");
    assertThat(draft().text("mail.host")).isEqualTo("mail.example.org");
  }

  @Test
  void aChannelInForceIsTestedThroughTheManager() {
    model.choose("channel:pager");
    assertThat(model.canTest()).isTrue();
    model.channelTest().test("pager");
    assertThat(bench.hub.notices().requests())
        .singleElement()
        .matches(it -> it.subject().equals("pager") && it.by().equals("ada"));
    assertThat(model.channelTest().busyProperty().get()).isTrue();
    model.channelTest().close();
    assertThat(bench.hub.notices().followers()).isZero();
    draft().text("name", "Other");
    model.changed();
    assertThat(model.canTest()).as("what is tested is what is in force").isFalse();
  }

  @Test
  void settingsCanBeMadeWhereThereAreNone() {
    model.choose("settings");
    draft().names("references", "192.0.2.53:53, www.example:443");
    draft().wholes("certificate-days", "30, 14, x");
    model.changed();
    assertThat(Judgement.at(model.problemsProperty().get(), "certificate-days")).isNotEmpty();
    draft().wholes("certificate-days", "30, 14");
    model.changed();
    model.addToBasket();
    assertThat(session.basket().find("settings").orElseThrow().problems()).isEmpty();
  }

  @Test
  void anEditThatIsInForceIsWhatTheNextOneBeginsWith() {
    model.choose("window:night");
    draft().text("name", "Nightly");
    model.changed();
    model.addToBasket();
    BasketEntry entry = session.basket().find("window:night").orElseThrow();
    session.basket().sent(new Parcel("p1", "", bench.clock.instant(), List.of(entry), ""));
    bench.hub.manager().putInForce(entry.wanted());
    bench.settle();
    assertThat(model.dirtyProperty().get()).as("nothing would be lost").isFalse();
    draft().text("name", "At night");
    model.changed();
    model.addToBasket();
    assertThat(session.basket().find("window:night").orElseThrow().base().get("name").getAsString())
        .isEqualTo("Nightly");
  }

  private Draft draft() {
    return model.formProperty().get().draft();
  }

  private static JsonObject document(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }
}
