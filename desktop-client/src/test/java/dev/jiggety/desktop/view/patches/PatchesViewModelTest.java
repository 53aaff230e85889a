package dev.jiggety.desktop.view.patches;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeClock;
import dev.jiggety.desktop.testing.FakeKeys;
import dev.jiggety.document.AuditDocument;
import dev.jiggety.model.AuditEntry;
import dev.jiggety.model.Cause.Act;
import dev.jiggety.model.Patch;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.AuditChain;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatchesViewModelTest {
  private final Bench bench = new Bench();
  private Session session;
  private PatchesViewModel model;
  private Pin pin;

  @BeforeEach
  void open() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    bench.hub.manager().offer(Strategy.WAVES.named("at-night"));
    session = bench.session();
    model = new PatchesViewModel(bench.desk, session);
    pin = model.activate();
    bench.settle();
  }

  @Test
  void submitsTheWholeBasketAsOnePatchWithCommentAndStrategy() {
    rename("search", "Find");
    rename("home", "Start");
    assertThat(model.basket().touchesProperty().get()).isEqualTo("2 changes touch 3 nodes of 3");
    assertThat(model.basket().strategies())
        .extracting(Strategy::name)
        .containsExactly("swift", "waves", "instant", "careful", "release", "at-night");
    model.basket().strategyProperty().set(Strategy.WAVES.named("at-night"));
    model.basket().commentProperty().set("Shorter names");
    model.basket().submit();
    bench.settle();
    var patch = bench.hub.manager().patches().getFirst();
    assertThat(patch.comment()).isEqualTo("Shorter names");
    assertThat(patch.strategy()).isEqualTo(new StrategyChoice.Named("at-night"));
    assertThat(patch.changes()).hasSize(2);
    assertThat(session.basket().state().entries()).isEmpty();
    assertThat(model.selectedProperty().get().isBasket()).as("its rollout is looked at").isFalse();
    assertThat(model.rollout().detailsProperty().get().comment()).isEqualTo("Shorter names");
    assertThat(model.rollout().detailsProperty().get().compared()).isTrue();
  }

  @Test
  void rolloutsStandNewestFirstBelowTheBasketAndKeepTheirRows() {
    submit("search", "A");
    bench.settle();
    PatchesViewModel.Row first = model.rows().get(1);
    bench.clock.pass(Duration.ofSeconds(5));
    submit("home", "B");
    bench.settle();
    assertThat(model.rows()).hasSize(3);
    assertThat(model.rows().getFirst().isBasket()).isTrue();
    assertThat(model.rows().get(2)).isSameAs(first);
  }

  @Test
  void aConflictHasToBeDecidedBeforeAnythingIsSubmitted() {
    rename("search", "Mine");
    bench.hub.put(Examples.test("search", "Theirs", "other"));
    bench.settle();
    EntryRow row = model.basket().rows().getFirst();
    assertThat(row.isConflict()).isTrue();
    model.basket().submit();
    assertThat(bench.hub.manager().patches()).isEmpty();
    assertThat(model.basket().canRebase(row)).isFalse();
    row.differences().stream()
        .filter(field -> field.place().equals("name"))
        .forEach(field -> model.basket().choose(row, field, false));
    model.basket().rebase(row);
    assertThat(session.basket().state().entries()).as("all is theirs: nothing is left").isEmpty();
  }

  @Test
  void whatSomebodyElseBroughtAboutLeavesTheBasket() {
    rename("search", "Find");
    TestDefinition search = bench.hub.stored("search").orElseThrow().value();
    bench.hub.put(search.toBuilder().name("Find").build());
    bench.settle();
    assertThat(session.basket().state().entries()).isEmpty();
  }

  @Test
  void aLostAnswerDoesNotMakeASecondPatch() {
    rename("search", "Find");
    bench.hub.goAway();
    model.basket().submit();
    assertThat(model.basket().failureProperty().get()).contains("nothing is lost");
    String tried = model.basket().rows().getFirst().entry().name();
    bench.hub.comeBack();
    model.basket().submit();
    assertThat(tried).isEqualTo("Find");
    assertThat(bench.hub.manager().patches()).hasSize(1);
    assertThat(model.basket().failureProperty().get()).isEmpty();
  }

  @Test
  void aRollbackOfWhatWasChangedSinceGoesIntoTheBasketInstead() {
    submit("search", "Find");
    bench.settle();
    bench.hub.put(Examples.test("search", "Somebody's", "shop", "api"));
    bench.settle();
    act(Act.ROLLBACK);
    assertThat(bench.hub.manager().patches()).hasSize(1);
    assertThat(session.basket().find("test:search").orElseThrow().name()).isEqualTo("Search");
    assertThat(bench.baskets).isEqualTo(1);
    assertThat(bench.said).last().asString().contains("changed the same since");
  }

  @Test
  void aCommandIsAnsweredByTheManagerAndARefusalIsSaid() {
    bench.hub.manager().stopAt(RolloutState.STAGING);
    submit("search", "Find");
    bench.settle();
    bench.hub.manager().answer(false);
    act(Act.PAUSE);
    assertThat(model.rollout().busyProperty().get()).as("no answer yet").isTrue();
    bench.hub.manager().answer(true);
    bench.settle();
    assertThat(model.rollout().rolloutProperty().get().state()).isEqualTo(RolloutState.PAUSED);
  }

  @Test
  void onlyTheSecondOperatorMayApproveAndAnEndIsAskedAboutOnce() {
    bench.hub.manager().trust(bench.keyFiles.bob().trusted());
    rename("search", "Find");
    model.basket().strategyProperty().set(Strategy.CAREFUL);
    model.basket().submit();
    bench.settle();
    assertThat(action(Act.APPROVE).isPossible()).isFalse();
    bench.keys.choose(FakeKeys.BOB);
    assertThat(action(Act.APPROVE).isPossible()).isTrue();
    act(Act.DENY);
    assertThat(bench.said).last().isEqualTo("? Deny this patch?");
    bench.pending.run();
    bench.settle();
    assertThat(model.rollout().rolloutProperty().get().state()).isEqualTo(RolloutState.REJECTED);
    assertThat(model.rollout().actionsProperty().get()).isEmpty();
  }

  @Test
  void aWindowThatSomebodyElseChangedIsAConflictLikeThatOfATest() {
    JsonObject night = window("Night", "1h");
    bench.hub.manager().putInForce(night);
    bench.settle();
    JsonObject mine = night.deepCopy();
    mine.addProperty("name", "Mine");
    session.basket().put(new BasketEntry("window:night", night, mine, bench.clock.instant()));
    assertThat(model.basket().rows().getFirst().isConflict()).isFalse();
    bench.hub.manager().putInForce(window("Night", "2h"));
    bench.settle();
    EntryRow row = model.basket().rows().getFirst();
    assertThat(row.isConflict()).isTrue();
    model.basket().rebase(row);
    JsonObject merged = session.basket().find("window:night").orElseThrow().wanted();
    assertThat(merged.get("name").getAsString()).isEqualTo("Mine");
    assertThat(merged.getAsJsonObject("again").get("length").getAsString()).isEqualTo("2h");
    model.basket().edit(model.basket().rows().getFirst());
    assertThat(bench.alertingOf).isEqualTo("window:night");
  }

  @Test
  void somebodyElsesPatchOnTheSameTestIsSeenBeforeItIsInForce() {
    bench.hub.manager().trust(bench.keyFiles.bob().trusted());
    bench.hub.manager().stopAt(RolloutState.STAGING);
    rename("search", "Mine");
    assertThat(model.basket().othersProperty().get()).isEmpty();
    bench
        .hub
        .manager()
        .submit(
            new Patch(
                "p-bob",
                "bob",
                bench.clock.instant(),
                "theirs",
                StrategyChoice.SWIFT,
                bench.clock.instant().plusSeconds(3600),
                List.of(renamed("search", "Theirs").change())),
            bench.keyFiles.bob());
    bench.settle();
    assertThat(model.basket().othersProperty().get().get("test:search"))
        .singleElement()
        .matches(it -> it.who().equals("bob"));
    bench.hub.manager().advance(RolloutState.COMPLETED);
    bench.settle();
    assertThat(model.basket().othersProperty().get()).isEmpty();
    assertThat(model.basket().rows().getFirst().isConflict()).isTrue();
  }

  @Test
  void theListIsSearchedAndTheLogVerified() {
    submit("search", "Find");
    submit("home", "Start");
    bench.settle();
    model.chooseBasket();
    model.filterProperty().set("test:home");
    assertThat(model.rows()).as("the basket and what fits").hasSize(2);
    AuditEntry first =
        new AuditEntry(
            1,
            FakeClock.START,
            "manager:m1",
            "rollout:p",
            "transition",
            "a",
            "{}",
            AuditChain.BEGINNING);
    AuditEntry second =
        new AuditEntry(
            2,
            FakeClock.START,
            "operator:ada",
            "rollout:p",
            "command",
            "b",
            "{}",
            AuditDocument.TYPE.link(first).digest());
    bench.hub.manager().log(List.of(first, second));
    model.audit().load();
    assertThat(model.audit().entries()).extracting(AuditEntry::number).containsExactly(2L, 1L);
    assertThat(model.audit().brokenProperty().get()).isFalse();
    assertThat(model.audit().verdictProperty().get()).startsWith("All 2 entries fit together.");
    bench.hub.manager().log(List.of(second));
    model.audit().load();
    assertThat(model.audit().brokenProperty().get()).isTrue();
  }

  @Test
  void closedItHearsNothingMore() {
    pin.close();
    rename("search", "Find");
    submit("home", "Start");
    bench.settle();
    assertThat(model.rows()).hasSize(1);
    assertThat(model.basket().rows()).isEmpty();
  }

  private static JsonObject window(String name, String length) {
    return JsonParser.parseString(
            """
            {"_id":"window:night","type":"window","schema":1,"name":"%s",
             "again":{"cron":"0 3 * * *","length":"%s"}}
            """
                .formatted(name, length))
        .getAsJsonObject();
  }

  private void rename(String id, String name) {
    session.basket().put(renamed(id, name));
  }

  private BasketEntry renamed(String id, String name) {
    var stored = bench.hub.stored(id).orElseThrow();
    return BasketEntry.put(
        stored.value().toBuilder().name(name).build(), stored.raw(), bench.clock.instant());
  }

  private void submit(String id, String name) {
    session
        .patches()
        .submit(
            List.of(renamed(id, name)),
            "why",
            StrategyChoice.SWIFT,
            patch -> model.choose(patch.id()),
            refusal -> {
              throw new AssertionError(refusal.toString());
            });
  }

  private RolloutAction action(Act act) {
    return model.rollout().actionsProperty().get().stream()
        .filter(it -> it.act() == act)
        .findFirst()
        .orElseThrow();
  }

  private void act(Act act) {
    model.rollout().act(action(act));
  }
}
