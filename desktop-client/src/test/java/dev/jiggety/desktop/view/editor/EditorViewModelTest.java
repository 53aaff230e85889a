package dev.jiggety.desktop.view.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Check;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
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
    model.form().tags.set("shop");
    assertThat(model.hasUnsaved()).isTrue();
  }

  @Test
  void aNewTestIsCheckedWhileItIsTyped() {
    EditorViewModel model = open(new EditRequest.Create());
    assertThat(model.problemsProperty().get()).containsKeys("name", "id", "http.url");
    model.form().name.set("Über uns (2)");
    assertThat(model.form().id.get()).isEqualTo("uber-uns-2");
    model.form().url.set("http://127.0.0.1:8080/about");
    assertThat(model.problemsProperty().get()).isEmpty();
    model.form().timeout.set("soon");
    assertThat(model.problemsProperty().get()).containsOnlyKeys("timeout");
    model.form().timeout.set("5s");
    model.form().id.set("home");
    assertThat(model.problemsProperty().get().get("id")).contains("another test");
    model.form().name.set("About");
    assertThat(model.form().id.get()).as("once typed, an id stays").isEqualTo("home");
    model.save();
    assertThat(bench.hub.stored("home").orElseThrow().value().name()).isEqualTo("Home page");
    model.form().id.set("about");
    model.save();
    assertThat(bench.hub.stored("about")).isPresent();
    assertThat(bench.backs).isEqualTo(1);
    assertThat(model.hasUnsaved()).isFalse();
  }

  @Test
  void theFormHoldsEveryFieldOfATest() {
    TestDefinition full =
        TestDefinition.builder(
                "full",
                new Check.Http(
                    "POST",
                    "https://shop.example/cart",
                    List.of(new Check.Header("accept", "text/html"), new Check.Header("x-a", "1")),
                    "a=1&b=2",
                    false,
                    10))
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
    String rev = bench.hub.put(full);
    bench.settle();
    EditorViewModel model = open(new EditRequest.Edit(full, rev));
    assertThat(model.changedProperty().get()).isFalse();
    assertThat(model.problemsProperty().get()).isEmpty();
    assertThat(FormReader.read(model.form(), null).test()).isEqualTo(full);
  }

  @Test
  void aKindThatTheFormDoesNotKnowKeepsItsSettings() {
    TestDefinition page =
        Examples.test("page", "Page").toBuilder()
            .check(new Check.Other("page", "{\"url\":\"http://x/\",\"wait\":3}"))
            .assertions(List.of())
            .build();
    String rev = bench.hub.put(page);
    EditorViewModel model = open(new EditRequest.Edit(page, rev));
    assertThat(model.knowsKind()).isFalse();
    model.form().name.set("Another name");
    model.save();
    assertThat(bench.hub.stored("page").orElseThrow().value().check()).isEqualTo(page.check());
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
    model.form().whereNodes.set("oslo-1");
    assertThat(model.comingProperty().get().node()).isEqualTo("oslo-1");
    model.form().whereNodes.set("nowhere-1");
    assertThat(model.comingProperty().get().node()).isEmpty();
    model.form().when.set(TestForm.When.CRON);
    model.form().cron.set("61 * * * *");
    assertThat(model.comingProperty().get().times()).isEmpty();
    assertThat(model.problemsProperty().get()).containsKey("schedule.cron");
    model.form().cron.set("0 9 * * 1-5");
    assertThat(model.comingProperty().get().times()).hasSize(5);
  }

  @Test
  void aConflictIsShownAndMineCanGoOnTopOfTheirs() {
    EditorViewModel model = edit("search");
    model.form().name.set("Mine");
    bench.hub.beforeNextWrite(
        () -> bench.hub.put(Examples.test("search", "Theirs", "shop", "api")));
    model.save();
    assertThat(model.conflictProperty().get().fields()).containsExactly("name");
    assertThat(model.form().name.get()).isEqualTo("Mine");
    assertThat(model.hasUnsaved()).isTrue();
    model.overwrite();
    assertThat(bench.hub.stored("search").orElseThrow().value().name()).isEqualTo("Mine");
    assertThat(bench.backs).isEqualTo(1);
  }

  @Test
  void aConflictIsToldBeforeSavingAndTheirsCanBeTaken() {
    EditorViewModel model = edit("search");
    model.form().name.set("Mine");
    bench.hub.put(Examples.test("search", "Theirs"));
    bench.settle();
    assertThat(model.conflictProperty().get()).isNotNull();
    model.takeTheirs();
    assertThat(model.form().name.get()).isEqualTo("Theirs");
    assertThat(model.hasUnsaved()).isFalse();
    model.form().name.set("Ours");
    model.save();
    assertThat(bench.hub.stored("search").orElseThrow().value().name()).isEqualTo("Ours");
  }

  @Test
  void aTestThatSomebodyDeletedCanBeCreatedAgain() {
    EditorViewModel model = edit("search");
    model.form().name.set("Mine");
    bench.hub.delete("search");
    model.save();
    assertThat(model.conflictProperty().get().theirs()).isNull();
    model.overwrite();
    assertThat(bench.hub.stored("search").orElseThrow().value().name()).isEqualTo("Mine");
  }

  @Test
  void nothingTypedIsLostWhileTheHubIsAway() {
    EditorViewModel model = edit("search");
    model.form().name.set("Mine");
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
    assertThat(model.form().id.get()).isEqualTo("search-copy");
    model.save();
    assertThat(bench.hub.stored("search-copy").orElseThrow().value().name())
        .isEqualTo("Search (copy)");
    assertThat(bench.hub.stored("search")).isPresent();
  }

  private EditorViewModel edit(String id) {
    var stored = bench.hub.stored(id).orElseThrow();
    return open(new EditRequest.Edit(stored.value(), stored.rev()));
  }

  private EditorViewModel open(EditRequest request) {
    EditorViewModel model = new EditorViewModel(bench.desk, session, request);
    model.activate();
    return model;
  }
}
