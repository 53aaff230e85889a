package dev.jiggety.desktop.view.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.view.tests.TestsViewModel.Emptiness;
import dev.jiggety.desktop.widget.VerdictLook;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestsViewModelTest {
  private final Bench bench = new Bench();
  private Session session;
  private TestsViewModel model;
  private Pin pin;

  @BeforeEach
  void open() {
    Examples.fillShop(bench.hub, bench.clock.instant());
    session = bench.session();
    model = new TestsViewModel(bench.desk, session);
    pin = model.activate();
    bench.settle();
  }

  @Test
  void findsByWordsVerdictAndTag() {
    assertThat(names()).hasSize(6);
    assertThat(model.countProperty().get()).isEqualTo("6 tests");
    model.searchProperty().set("page SHOP");
    assertThat(names()).containsExactlyInAnyOrder("Home page", "Product page");
    assertThat(model.countProperty().get()).isEqualTo("2 of 6 tests");
    model.clearFilters();
    model.verdictProperty().set(VerdictLook.DOWN);
    assertThat(names()).containsExactly("Checkout");
    model.verdictProperty().set(VerdictLook.OFF);
    assertThat(names()).containsExactly("Newsletter sign-up");
    model.clearFilters();
    model.tagProperty().set("account");
    assertThat(names()).containsExactlyInAnyOrder("Login", "Newsletter sign-up");
    model.searchProperty().set("nothing of the kind");
    assertThat(model.emptinessProperty().get()).isEqualTo(Emptiness.NO_MATCH);
    assertThat(model.tags()).containsExactly("account", "api", "payment", "shop");
  }

  @Test
  void rowsStayTheSameObjectsWhileTheirTestsChange() {
    TestRow search = row("Search");
    model.selectedProperty().set(search);
    bench.hub.put(search.picture().test().toBuilder().name("Find").build());
    bench.settle();
    assertThat(row("Find")).isSameAs(search);
    bench.hub.delete("search");
    bench.settle();
    assertThat(names()).doesNotContain("Find").hasSize(5);
  }

  @Test
  void switchingOffLandsInTheBasketAndBackOnTakesItOut() {
    TestRow home = row("Home page");
    model.selectedProperty().set(home);
    model.toggle();
    assertThat(session.basket().find("test:home").orElseThrow().wantedTest().orElseThrow().active())
        .isFalse();
    assertThat(home.waitingProperty().get()).isEqualTo(BasketEntry.Kind.CHANGE);
    assertThat(bench.hub.stored("home").orElseThrow().value().active()).isTrue();
    model.toggle();
    assertThat(session.basket().state().entries()).isEmpty();
    assertThat(home.waitingProperty().get()).isNull();
  }

  @Test
  void deletingLandsInTheBasketAndCanBeUndone() {
    model.selectedProperty().set(row("Home page"));
    model.delete();
    assertThat(row("Home page").waitingProperty().get()).isEqualTo(BasketEntry.Kind.DELETE);
    assertThat(bench.hub.stored("home")).isPresent();
    assertThat(bench.hub.manager().patches()).isEmpty();
    session.basket().undo();
    assertThat(row("Home page").waitingProperty().get()).isNull();
  }

  @Test
  void aHubThatIsAwayIsSaidAndNothingElseHappens() {
    model.selectedProperty().set(row("Home page"));
    bench.hub.goAway();
    model.refresh();
    assertThat(bench.said).singleElement().asString().startsWith("ERROR");
    model.toggle();
    assertThat(session.basket().state().entries()).as("the basket needs no hub").hasSize(1);
    assertThat(names()).hasSize(6);
    assertThat(bench.unexpected).isEmpty();
  }

  @Test
  void leadsToEditorAndResults() {
    model.selectedProperty().set(row("Search"));
    model.edit();
    assertThat(bench.edited).isInstanceOf(EditRequest.Edit.class);
    model.toggle();
    model.edit();
    assertThat(bench.edited).as("what lies in the basket").isInstanceOf(EditRequest.Continue.class);
    model.duplicate();
    assertThat(bench.edited).isInstanceOf(EditRequest.Duplicate.class);
    model.create();
    assertThat(bench.edited).isInstanceOf(EditRequest.Create.class);
    model.openResults();
    assertThat(bench.resultsOf).isEqualTo("search");
  }

  @Test
  void closedItHearsNothingMore() {
    pin.close();
    bench.hub.delete("search");
    bench.settle();
    assertThat(names()).hasSize(6);
  }

  private List<String> names() {
    return model.shown().stream().map(it -> it.picture().test().name()).toList();
  }

  private TestRow row(String name) {
    return model.shown().stream()
        .filter(it -> it.picture().test().name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
