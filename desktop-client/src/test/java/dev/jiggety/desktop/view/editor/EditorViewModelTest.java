package dev.jiggety.desktop.view.editor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeKeys;
import dev.jiggety.desktop.view.editor.form.FormReader;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Check;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Retries;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EditorViewModelTest {
  private final Bench bench = new Bench();
  private Session session;

  @BeforeEach
  void open() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    session = bench.session();
  }

  @Test
  void aNewTestIsLeftWithoutAQuestionUntilSomethingIsTyped() {
    EditorViewModel model = open(new EditRequest.Create());
    assertThat(model.hasUnsaved()).isFalse();
    model.form().text("tags").set("shop");
    assertThat(model.hasUnsaved()).isTrue();
  }

  @Test
  void aNewTestIsCheckedWhileItIsTyped() {
    EditorViewModel model = open(new EditRequest.Create());
    assertThat(model.problemsProperty().get()).containsKeys("name", "id", "http.url");
    model.form().text("name").set("Über uns (2)");
    assertThat(model.form().text("id").get()).isEqualTo("uber-uns-2");
    model.form().text("http.url").set("http://127.0.0.1:8080/about");
    assertThat(model.problemsProperty().get()).isEmpty();
    model.form().text("timeout").set("soon");
    assertThat(model.problemsProperty().get()).containsOnlyKeys("timeout");
    model.form().text("timeout").set("5s");
    model.form().text("id").set("home");
    assertThat(model.problemsProperty().get().get("id")).contains("another test");
    model.form().text("name").set("About");
    assertThat(model.form().text("id").get()).as("once typed, an id stays").isEqualTo("home");
    model.save();
    assertThat(bench.hub.stored("home").orElseThrow().value().name()).isEqualTo("Home page");
    model.form().text("id").set("about");
    model.save();
    bench.settle();
    assertThat(bench.hub.stored("about")).isPresent();
    assertThat(model.isCreating()).as("it is there now, and its id stays").isFalse();
    assertThat(model.problemsProperty().get()).isEmpty();
    assertThat(model.hasUnsaved()).isFalse();
  }

  @Test
  void theFormHoldsEveryFieldOfATest() {
    TestDefinition full =
        TestDefinition.builder(
                "full",
                Check.Http.of(
                        HttpRequest.get("https://shop.example/cart")
                            .withMethod("POST")
                            .withHeaders(
                                List.of(
                                    new Check.Header("accept", "text/html"),
                                    new Check.Header("x-a", "1")))
                            .withBody(new HttpBody.Text("a=1&b=2")))
                    .withRedirects(new Check.Redirects(false, 10)))
            .name("All of it")
            .active(false)
            .tags(List.of("a", "b"))
            .schedule(new Schedule.Cron("*/5 8-18 * * 1-5", ZoneId.of("Europe/Berlin")))
            .where(new Placement(new TreeSet<>(List.of("eu")), new TreeSet<>(List.of("oslo-1"))))
            .samples(3)
            .timeout(Duration.ofMillis(2500))
            .retries(new Retries(2, Duration.ofMillis(1500)))
            .quorum(new Quorum.AtLeast(2))
            .degraded(new Degraded(Duration.ofSeconds(1), Map.of(Phase.DNS, Duration.ofMillis(80))))
            .assertions(
                List.of(
                    new Assertion(
                        Assertion.Target.HEADER,
                        "content-type",
                        Assertion.Operator.CONTAINS,
                        true,
                        "json"),
                    Assertion.that(Assertion.Target.TOTAL, Assertion.Operator.LESS_THAN, "800ms")))
            .build();
    var stored = bench.hub.put(full);
    bench.settle();
    EditorViewModel model = open(new EditRequest.Edit(stored));
    assertThat(model.changedProperty().get()).isFalse();
    assertThat(model.problemsProperty().get()).isEmpty();
    assertThat(FormReader.read(model.form().json()).test()).isEqualTo(full);
  }

  @Test
  void aKindThatTheFormDoesNotKnowKeepsItsSettings() {
    TestDefinition page =
        Examples.test("page", "Page").toBuilder()
            .check(new Check.Other("redis", "{\"host\":\"x\",\"wait\":3}"))
            .assertions(List.of())
            .build();
    var stored = bench.hub.put(page);
    bench.settle();
    EditorViewModel model = open(new EditRequest.Edit(stored));
    assertThat(model.form().knowsKind()).isFalse();
    model.form().text("name").set("Another name");
    model.save();
    assertThat(bench.hub.stored("page").orElseThrow().value().check()).isEqualTo(page.check());
    assertThat(bench.hub.stored("page").orElseThrow().value().name()).isEqualTo("Another name");
  }

  @Test
  void theNextFiveRunsAreForetoldInWordsAndTimes() {
    EditorViewModel model = edit("search");
    assertThat(model.comingProperty().get().words()).isEqualTo("every 10 seconds");
    assertThat(model.comingProperty().get().times())
        .hasSize(5)
        .isSorted()
        .allMatch(time -> time.isAfter(bench.clock.instant()));
    assertThat(model.comingProperty().get().node()).isEqualTo("berlin-1");
    model.form().text("where.nodes").set("oslo-1");
    assertThat(model.comingProperty().get().node()).isEqualTo("oslo-1");
    model.form().text("where.nodes").set("nowhere-1");
    assertThat(model.comingProperty().get().node()).isEmpty();
    model.form().choice("schedule.when").set("cron");
    model.form().text("schedule.cron").set("61 * * * *");
    assertThat(model.comingProperty().get().times()).isEmpty();
    assertThat(model.problemsProperty().get()).containsKey("schedule.cron");
    model.form().text("schedule.cron").set("0 9 * * 1-5");
    assertThat(model.comingProperty().get().times()).hasSize(5);
  }

  @Test
  void savingIsAPatchOfThisTestWithTheDefaultStrategyAndItsProgressIsSeen() {
    bench.hub.manager().stopAt(RolloutState.STAGING);
    EditorViewModel model = edit("search");
    model.form().text("name").set("Find");
    model.save();
    bench.settle();
    Patch patch = bench.hub.manager().patches().getFirst();
    assertThat(patch.author()).isEqualTo("ada");
    assertThat(patch.strategy()).isEqualTo(StrategyChoice.SWIFT);
    assertThat(patch.changes()).hasSize(1);
    assertThat(state(model)).isEqualTo(RolloutState.STAGING);
    assertThat(model.quickChange().busyProperty().get()).as("one at a time").isTrue();
    assertThat(model.hasUnsaved()).as("it is on its way").isFalse();
    model.form().text("name").set("Find it");
    assertThat(model.hasUnsaved()).as("typed after it was sent").isTrue();
    model.form().text("name").set("Find");
    bench.hub.manager().advance(RolloutState.COMPLETED);
    bench.settle();
    assertThat(state(model)).isEqualTo(RolloutState.COMPLETED);
    assertThat(bench.hub.stored("search").orElseThrow().value().name()).isEqualTo("Find");
    assertThat(model.conflictProperty().get()).as("our own edit").isNull();
    assertThat(model.hasUnsaved()).isFalse();
    assertThat(model.quickChange().busyProperty().get()).isFalse();
  }

  @Test
  void aFieldThatThisProgramDoesNotKnowSurvivesAnEdit() {
    JsonObject document = TestDocument.TYPE.write(Examples.test("odd", "Odd"));
    document.addProperty("colour", "green");
    var stored = bench.hub.put(document);
    bench.settle();
    EditorViewModel model = open(new EditRequest.Edit(stored));
    model.form().text("name").set("Even");
    model.save();
    JsonObject after = bench.hub.stored("odd").orElseThrow().raw();
    assertThat(after.get("colour").getAsString()).isEqualTo("green");
    assertThat(after.get("name").getAsString()).isEqualTo("Even");
  }

  @Test
  void aChangeCanWaitInTheBasketAndBeGoneOnWith() {
    EditorViewModel model = edit("search");
    model.form().text("name").set("Find");
    model.addToBasket();
    assertThat(bench.backs).isEqualTo(1);
    assertThat(model.hasUnsaved()).isFalse();
    assertThat(bench.hub.manager().patches()).isEmpty();
    BasketEntry entry = session.basket().find("test:search").orElseThrow();
    EditorViewModel again = open(new EditRequest.Continue(entry));
    assertThat(again.form().text("name").get()).isEqualTo("Find");
    assertThat(again.isCreating()).isFalse();
    assertThat(again.changedProperty().get()).as("against what is in force").isTrue();
    again.form().text("tags").set("api");
    again.save();
    assertThat(session.basket().state().entries()).as("it has gone with the patch").isEmpty();
    assertThat(bench.hub.stored("search").orElseThrow().value().name()).isEqualTo("Find");
    assertThat(bench.hub.stored("search").orElseThrow().value().tags()).containsExactly("api");
  }

  @Test
  void whoWasFasterWinsAndNothingTypedIsLost() {
    EditorViewModel model = edit("search");
    model.form().text("name").set("Mine");
    bench.hub.beforeNextWrite(
        () -> bench.hub.put(Examples.test("search", "Theirs", "shop", "api")));
    model.save();
    bench.settle();
    assertThat(state(model)).isEqualTo(RolloutState.REJECTED);
    assertThat(model.failureProperty().get()).contains("not in force");
    assertThat(model.conflictProperty().get().changedByBoth()).containsExactly("name");
    assertThat(model.form().text("name").get()).isEqualTo("Mine");
    assertThat(bench.hub.stored("search").orElseThrow().value().name()).isEqualTo("Theirs");
  }

  @Test
  void myFieldsGoOnTopOfTheirsAndTheOthersStay() {
    EditorViewModel model = edit("search");
    model.form().text("name").set("Mine");
    bench.hub.put(
        Examples.test("search", "Theirs", "other").toBuilder()
            .timeout(Duration.ofSeconds(7))
            .build());
    bench.settle();
    assertThat(model.conflictProperty().get().changedThere())
        .containsExactlyInAnyOrder("name", "tags", "timeout");
    model.merge();
    assertThat(model.conflictProperty().get()).isNull();
    assertThat(model.form().text("name").get()).isEqualTo("Mine");
    assertThat(model.form().text("timeout").get()).isEqualTo("7s");
    assertThat(model.form().text("tags").get()).isEqualTo("other");
    model.save();
    TestDefinition after = bench.hub.stored("search").orElseThrow().value();
    assertThat(after.name()).isEqualTo("Mine");
    assertThat(after.timeout()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void aConflictIsToldBeforeSavingAndTheirsCanBeTaken() {
    EditorViewModel model = edit("search");
    model.form().text("name").set("Mine");
    bench.hub.put(Examples.test("search", "Theirs"));
    bench.settle();
    assertThat(model.conflictProperty().get()).isNotNull();
    model.save();
    assertThat(bench.hub.manager().patches()).as("not over theirs").isEmpty();
    model.takeTheirs();
    assertThat(model.form().text("name").get()).isEqualTo("Theirs");
    assertThat(model.hasUnsaved()).isFalse();
    model.form().text("name").set("Ours");
    model.save();
    assertThat(bench.hub.stored("search").orElseThrow().value().name()).isEqualTo("Ours");
  }

  @Test
  void aTestThatSomebodyDeletedCanBeMadeAnew() {
    EditorViewModel model = edit("search");
    model.form().text("name").set("Mine");
    bench.hub.delete("search");
    bench.settle();
    assertThat(model.conflictProperty().get().theirs()).isNull();
    model.merge();
    model.save();
    assertThat(bench.hub.stored("search").orElseThrow().value().name()).isEqualTo("Mine");
  }

  @Test
  void aPatchThatIsTurnedBackIsSaidAndTheFormStays() {
    bench.hub.manager().stopAt(RolloutState.VERIFYING);
    EditorViewModel model = edit("search");
    model.form().text("name").set("Mine");
    model.save();
    bench.hub.manager().turnBack(new Cause.AtFault(new TreeSet<>(List.of("search")), "berlin-1"));
    bench.settle();
    assertThat(state(model)).isEqualTo(RolloutState.ROLLED_BACK);
    assertThat(model.failureProperty().get()).contains("not in force");
    assertThat(model.hasUnsaved()).as("it came back, so leaving loses nothing").isFalse();
    model.form().text("name").set("Mine, mended");
    assertThat(model.hasUnsaved()).as("that is nowhere else").isTrue();
  }

  @Test
  void withoutAKeyNothingIsSubmittedAndTheRemedyIsNamed() {
    bench.keyFiles.lose(FakeKeys.ADA);
    bench.keys.reload();
    EditorViewModel model = edit("search");
    model.form().text("name").set("Mine");
    model.save();
    assertThat(model.failureProperty().get()).contains("no key", "Settings");
    assertThat(bench.hub.manager().patches()).isEmpty();
    assertThat(model.hasUnsaved()).isTrue();
  }

  @Test
  void nothingTypedIsLostWhileTheHubIsAway() {
    EditorViewModel model = edit("search");
    model.form().text("name").set("Mine");
    bench.hub.goAway();
    model.save();
    assertThat(model.failureProperty().get()).contains("connection refused");
    assertThat(model.hasUnsaved()).isTrue();
    assertThat(bench.backs).isZero();
    bench.hub.comeBack();
    bench.settle();
    model.save();
    assertThat(bench.hub.stored("search").orElseThrow().value().name()).isEqualTo("Mine");
    assertThat(bench.unexpected).isEmpty();
  }

  @Test
  void aCopyIsANewTestWithAnIdOfItsOwn() {
    EditorViewModel model =
        open(new EditRequest.Duplicate(bench.hub.stored("search").orElseThrow().value()));
    assertThat(model.form().text("id").get()).isEqualTo("search-copy");
    model.save();
    assertThat(bench.hub.stored("search-copy").orElseThrow().value().name())
        .isEqualTo("Search (copy)");
    assertThat(bench.hub.stored("search")).isPresent();
  }

  @Test
  void theSourceCannotGiveATestAnotherId() {
    EditorViewModel model = edit("search");
    model.source().show(true);
    String text = model.source().textProperty().get();
    model.source().textProperty().set(text.replaceFirst("search", "find"));
    assertThat(model.form().text("id").get()).isEqualTo("find");
    assertThat(model.problemsProperty().get().get("id")).contains("search");
    bench.hub.put(Examples.test("home", "Another"));
    bench.settle();
    assertThat(model.conflictProperty().get()).as("nobody deleted it").isNull();
    model.save();
    assertThat(bench.hub.manager().patches()).isEmpty();
    model.source().textProperty().set(text);
    assertThat(model.problemsProperty().get()).isEmpty();
  }

  @Test
  void whatIsTypedInTheFormWhileTheSourceIsNoYamlStays() {
    EditorViewModel model = edit("search");
    model.source().show(true);
    String text = model.source().textProperty().get();
    model.source().textProperty().set(text + "\n  : [");
    model.source().show(false);
    model.form().text("name").set("Find");
    model.source().show(true);
    model.source().textProperty().set(text.replace("10s", "20s"));
    assertThat(model.form().text("name").get()).isEqualTo("Find");
    assertThat(model.source().textProperty().get()).contains("Find", "20s");
  }

  @Test
  void mergingTakesWhatIsTypedNowAndNothingOfASourceThatIsNoYaml() {
    EditorViewModel model = edit("search");
    model.form().text("name").set("Mine");
    bench.hub.put(Examples.test("search", "Theirs", "other"));
    bench.settle();
    model.conflictProperty().get().rows().stream()
        .filter(row -> row.place().equals("name"))
        .forEach(row -> row.takeMine().set(false));
    model.form().text("timeout").set("9s");
    model.source().show(true);
    String text = model.source().textProperty().get();
    model.source().textProperty().set(text + "\n  : [");
    model.merge();
    assertThat(model.conflictProperty().get()).as("not before it can be read").isNotNull();
    assertThat(model.failureProperty().get()).contains("YAML");
    assertThat(model.source().textProperty().get()).contains(": [");
    model.source().textProperty().set(text);
    model.merge();
    assertThat(model.form().text("timeout").get()).as("typed while comparing").isEqualTo("9s");
    assertThat(model.form().text("name").get()).as("as chosen").isEqualTo("Theirs");
  }

  private static RolloutState state(EditorViewModel model) {
    return model.quickChange().progressProperty().get().rollout().state();
  }

  private EditorViewModel edit(String id) {
    return open(new EditRequest.Edit(bench.hub.stored(id).orElseThrow()));
  }

  private EditorViewModel open(EditRequest request) {
    EditorViewModel model = new EditorViewModel(bench.desk, session, request);
    model.activate();
    return model;
  }
}
