package dev.jiggety.model.rules.incident;

import static dev.jiggety.model.Verdict.DOWN;
import static dev.jiggety.model.Verdict.UP;
import static dev.jiggety.model.rules.incident.Told.SHOP;
import static dev.jiggety.model.rules.incident.Told.START;
import static dev.jiggety.model.rules.incident.Told.at;
import static dev.jiggety.model.rules.incident.Told.nodes;
import static dev.jiggety.model.rules.incident.Told.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.Incident.Suppression.Reason;
import dev.jiggety.model.Settings;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SuppressionsTest {
  private static final TestDefinition ROUTER = Told.test("router").build();
  private static final Window WINDOW =
      new Window(
          "w",
          "move",
          true,
          new Window.Times.Once(at(10), at(20)),
          new TreeSet<>(),
          new TreeSet<>());

  @Test
  void whatBeginsInAWindowIsToldToNobody() {
    assertThat(shopIsDown(12, 18, 30, List.of(WINDOW), Map.of()))
        .satisfies(e -> {
          assertThat(reason(e)).isEqualTo(Reason.MAINTENANCE);
          assertThat(e.suppressed().text()).contains("move").contains(at(20).toString());
        });
  }

  @Test
  void whatLastsLongerThanTheWindowIsToldThen() {
    assertThat(reason(shopIsDown(12, 40, 19, List.of(WINDOW), Map.of())))
        .isEqualTo(Reason.MAINTENANCE);
    assertThat(reason(shopIsDown(12, 40, 21, List.of(WINDOW), Map.of())))
        .as("the first results after the window are not in")
        .isEqualTo(Reason.MAINTENANCE);
    assertThat(reason(shopIsDown(12, 40, 25, List.of(WINDOW), Map.of()))).isNull();
  }

  @Test
  void whatBeganBeforeTheWindowWasToldAlready() {
    assertThat(reason(shopIsDown(7, 15, 30, List.of(WINDOW), Map.of()))).isNull();
  }

  @Test
  void aTestWhoseParentIsDownIsToldToNobody() {
    assertThat(shopIsDown(12, 40, 30, List.of(), parent(12, null)))
        .satisfies(e -> {
          assertThat(reason(e)).isEqualTo(Reason.DEPENDENCY);
          assertThat(e.suppressed().text()).isEqualTo("it depends on router, which is down");
        });
    assertThat(reason(shopIsDown(12, 40, 30, List.of(), parent(5, 11L))))
        .as("it had its chance to recover")
        .isEqualTo(null);
    assertThat(reason(shopIsDown(12, 40, 30, List.of(), parent(20, null))))
        .as("it was down long before")
        .isNull();
  }

  @Test
  void aParentThatWasTakenOutOfForceWhileItWasDownExplainsNothing() {
    Surroundings.Parent router = parent(12, null).get("router");
    Surroundings.Parent off =
        new Surroundings.Parent(ROUTER.toBuilder().active(false).build(), router.episodes());
    assertThat(reason(shopIsDown(12, 40, 30, List.of(), Map.of("router", off)))).isNull();
  }

  @Test
  void aParentIsAskedBeforeAnybodyIsTold() {
    assertThat(reason(shopIsDown(12, 40, 13, List.of(), Map.of("router", up()))))
        .isEqualTo(Reason.DEPENDENCY);
    assertThat(reason(shopIsDown(12, 40, 16, List.of(), Map.of("router", up())))).isNull();
  }

  @Test
  void missingDataIsTheNodesTroubleWhereAllOfThemHaveSome() {
    var words = words(2, 60, (_, minute) -> minute >= 10 ? null : UP);
    NodeHistory one = new NodeHistory("node-0", START);
    NodeHistory other = new NodeHistory("node-1", START);

    assertThat(judged(words, 30, List.of(), Map.of(), one.episodes(at(30))))
        .singleElement()
        .satisfies(e -> assertThat(e.suppressed()).isNull());
    var both = List.of(one.episodes(at(30)).getFirst(), other.episodes(at(30)).getFirst());
    assertThat(judged(words, 30, List.of(), Map.of(), both))
        .singleElement()
        .satisfies(e -> {
          assertThat(reason(e)).isEqualTo(Reason.DEPENDENCY);
          assertThat(e.suppressed().text()).isEqualTo("its nodes have trouble: node-0, node-1");
        });
  }

  private static @Nullable Reason reason(Episode episode) {
    Suppression suppressed = episode.suppressed();
    return suppressed == null ? null : suppressed.reason();
  }

  private static Episode shopIsDown(
      int from, int to, int now, List<Window> windows, Map<String, Surroundings.Parent> parents) {
    var words = words(2, 60, (_, minute) -> minute >= from && minute < to ? DOWN : UP);
    List<Episode> episodes = judged(words, now, windows, parents, List.of());
    assertThat(episodes).hasSize(1);
    return episodes.getFirst();
  }

  private static List<Episode> judged(
      List<Word> words,
      int now,
      List<Window> windows,
      Map<String, Surroundings.Parent> parents,
      List<Episode> troubles) {
    Surroundings around =
        new Surroundings(new TreeSet<>(nodes(2)), windows, parents, troubles, Settings.DEFAULT);
    return TestHistory.judge(SHOP, words, around, START, at(now));
  }

  private static Surroundings.Parent up() {
    return new Surroundings.Parent(ROUTER, List.of());
  }

  private static Map<String, Surroundings.Parent> parent(int from, @Nullable Long to) {
    Instant ended = to == null ? null : at(to);
    Episode down =
        new Episode(Kind.DOWN, "router", at(from), at(from), ended, "", List.of(), List.of(), null);
    return Map.of("router", new Surroundings.Parent(ROUTER, List.of(down)));
  }
}
