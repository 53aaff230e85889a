package dev.jiggety.desktop.view.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.view.tests.BulkViewModel.Running;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several tests changed at once, and tests that other programs wrote. */
class SeveralTestsTest {
  private final Bench bench = new Bench();
  private final List<List<String>> calls = new ArrayList<>();
  private Session session;
  private Program.Result answer = new Program.Result(0, "", "");

  @TempDir private Path folder;

  @BeforeEach
  void open() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    session = bench.session();
    session.feed().subscribe(update -> {});
    bench.settle();
  }

  @Test
  void severalTestsGetATagAndAScheduleAsOneStepThatCanBeUndone() {
    BulkViewModel model = bulk("search", "home");
    model.addTagsProperty().set("tea, shop");
    model.everyProperty().set("5m");
    assertThat(model.previewProperty().get().lines())
        .hasSize(2)
        .allMatch(line -> line.contains("schedule.every") && line.contains("5m"));
    model.apply();
    assertThat(wanted("search").tags()).contains("tea");
    assertThat(wanted("home").schedule()).isEqualTo(new Schedule.Every(Duration.ofMinutes(5)));
    session.basket().undo();
    assertThat(session.basket().state().entries()).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidAndNothingIsDone() {
    BulkViewModel model = bulk("search", "home");
    model.everyProperty().set("often");
    assertThat(model.previewProperty().get().problem()).isNotEmpty();
    model.everyProperty().set("10ms");
    assertThat(model.previewProperty().get().problem()).contains("at least 1s");
    model.apply();
    assertThat(session.basket().state().entries()).isEmpty();
  }

  @Test
  void anEditThatWaitsInTheBasketIsChangedAndNotReplaced() {
    var stored = bench.hub.stored("search").orElseThrow();
    session
        .basket()
        .put(
            BasketEntry.put(
                stored.value().toBuilder().name("Find").build(),
                stored.raw(),
                bench.clock.instant()));
    BulkViewModel model = bulk("search", "home");
    model.runningProperty().set(Running.OFF);
    model.apply();
    assertThat(wanted("search").name()).isEqualTo("Find");
    assertThat(wanted("search").active()).isFalse();
  }

  @Test
  void aRemovalThatWaitsInTheBasketStaysOne() {
    BasketEntry removal =
        BasketEntry.delete(bench.hub.stored("search").orElseThrow().raw(), bench.clock.instant());
    session.basket().put(removal);
    BulkViewModel model = bulk("search", "home");
    model.addTagsProperty().set("tea");
    model.apply();
    assertThat(session.basket().find("test:search")).contains(removal);
    assertThat(wanted("home").tags()).contains("tea");
  }

  @Test
  void aPastedCurlLineIsShownWithWhatIsLostBeforeAnythingIsDone() {
    answer =
        new Program.Result(
            0,
            """
            {"tests": [{"id": "tea", "name": "Tea", "http": {"url": "http://127.0.0.1/tea"}},
              {"id": "search", "name": "Again", "http": {"url": "http://127.0.0.1/"}}],
             "left": [{"place": "--limit-rate", "message": "is not carried over"}]}\
            """,
            "");
    ImportViewModel model = imports();
    model.readText("curl --limit-rate 1 http://127.0.0.1/tea");
    assertThat(calls).containsExactly(List.of("import", "curl", "--json"));
    assertThat(model.planProperty().get().left())
        .containsExactly("curl: --limit-rate: is not carried over");
    assertThat(session.basket().state().entries()).isEmpty();
    model.accept();
    assertThat(wanted("tea").name()).isEqualTo("Tea");
    assertThat(session.basket().find("test:search"))
        .as("a test that is there is changed only when somebody says so")
        .isEmpty();
    assertThat(model.planProperty().get()).isNull();
  }

  @Test
  void filesAreKnownByWhatStandsInThem() throws IOException {
    assertThat(ImportKind.of("{\"log\": {\"entries\": []}}")).contains(ImportKind.HAR);
    assertThat(ImportKind.of("{\"monitorList\": []}")).contains(ImportKind.KUMA);
    assertThat(ImportKind.of("# mine\nendpoints:\n- name: a")).contains(ImportKind.GATUS);
    assertThat(ImportKind.of("modules:\n  http_2xx:")).contains(ImportKind.BLACKBOX);
    Path file = Files.writeString(folder.resolve("notes.txt"), "buy tea");
    ImportViewModel model = imports();
    model.readFiles(List.of(file));
    assertThat(model.planProperty().get()).isNull();
    assertThat(bench.said).anyMatch(it -> it.contains("notes.txt is nothing that is known"));
    assertThat(calls).isEmpty();
  }

  @Test
  void whatTheProgramRefusesIsSaidInItsOwnWords() {
    answer = new Program.Result(1, "", "curl: no address in this line\n");
    ImportViewModel model = imports();
    model.readText("curl -L");
    assertThat(bench.said).anyMatch(it -> it.contains("no address in this line"));
    assertThat(model.busyProperty().get()).isFalse();
  }

  private TestDefinition wanted(String id) {
    return session.basket().find("test:" + id).flatMap(BasketEntry::wantedTest).orElseThrow();
  }

  private BulkViewModel bulk(String... ids) {
    BulkViewModel model = new BulkViewModel(bench.desk, session);
    model.about(List.of(ids).stream().map(id -> session.feed().picture().find(id)).toList());
    return model;
  }

  private ImportViewModel imports() {
    return new ImportViewModel(
        bench.desk,
        session,
        (arguments, input) -> {
          calls.add(arguments);
          return answer;
        });
  }
}
