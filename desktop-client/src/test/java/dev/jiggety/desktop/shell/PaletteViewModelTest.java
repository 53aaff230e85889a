package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.navigation.Action;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.widget.Ages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaletteViewModelTest {
  private final Bench bench = new Bench();
  private final List<String> done = new ArrayList<>();

  @Test
  void findsTestsNodesPlacesAndActionsByAFewLetters() {
    PaletteViewModel palette = palette();
    palette.open();
    palette.typedProperty().set("chck");
    assertThat(found(palette)).first().isEqualTo("Checkout");
    assertThat(palette.rows().getFirst().places()).containsExactly(0, 1, 3, 4);
    palette.run();
    assertThat(bench.resultsOf).isEqualTo("checkout");
    assertThat(palette.openProperty().get()).isFalse();
    palette.open();
    palette.typedProperty().set("dubl");
    assertThat(found(palette)).containsExactly("dublin-1");
    palette.typedProperty().set("nodes");
    palette.run();
    assertThat(bench.place).isEqualTo(Place.NODES);
    palette.open();
    palette.typedProperty().set("brew");
    palette.run();
    assertThat(done).containsExactly("coffee");
  }

  @Test
  void aTestIsFoundByItsIdAndItsTagsToo() {
    PaletteViewModel palette = palette();
    palette.open();
    palette.typedProperty().set("payment");
    assertThat(found(palette)).contains("Checkout");
  }

  @Test
  void beforeAnythingIsTypedItOffersWhereToGoAndWhatToDo() {
    PaletteViewModel palette = palette();
    palette.open();
    assertThat(found(palette)).contains("Brew coffee", "Tests").doesNotContain("Checkout");
  }

  @Test
  void arrowsGoRoundAndTypingBeginsAtTheBest() {
    PaletteViewModel palette = palette();
    palette.open();
    palette.move(-1);
    assertThat(palette.chosenProperty().get()).isEqualTo(palette.rows().size() - 1);
    palette.move(1);
    assertThat(palette.chosenProperty().get()).isZero();
    palette.move(2);
    palette.typedProperty().set("p");
    assertThat(palette.chosenProperty().get()).isZero();
    palette.typedProperty().set("there is nothing like this");
    assertThat(palette.chosenProperty().get()).isEqualTo(-1);
    palette.run();
    assertThat(palette.openProperty().get()).as("nothing chosen, nothing done").isTrue();
  }

  @Test
  void thousandsOfTestsShowNoMoreThanAnybodyReads() {
    for (int i = 0; i < 5_000; i++) {
      bench.hub.put(Examples.test("many-" + i, "One of many " + i));
    }
    PaletteViewModel palette = palette();
    palette.open();
    palette.typedProperty().set("many4999");
    assertThat(found(palette)).first().isEqualTo("One of many 4999");
    palette.typedProperty().set("m");
    assertThat(palette.rows()).hasSize(PaletteViewModel.MOST_ROWS);
    palette.close();
    assertThat(palette.rows()).isEmpty();
  }

  private PaletteViewModel palette() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    Session session = bench.session();
    session.feed().subscribe(update -> {});
    bench.settle();
    PaletteSources sources =
        new PaletteSources(bench.texts, bench, session, new Ages(bench.texts, bench.desk.zone()));
    List<Action> actions = List.of(Action.of("Brew coffee", () -> done.add("coffee")));
    return new PaletteViewModel(() -> sources.items(List.of(Place.TESTS, Place.NODES), actions));
  }

  private static List<String> found(PaletteViewModel palette) {
    return palette.rows().stream().map(row -> row.item().words()).toList();
  }
}
