package dev.jiggety.endtoend;

import static dev.jiggety.endtoend.DesktopWindow.fx;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.feed.IncidentPicture;
import dev.jiggety.desktop.feed.TestPicture;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.model.Incident;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operators do all day, in the program's windows, with a hub, a manager and nodes that really
 * test. All scenarios share one installation, and each has tests of its own in it.
 */
class OperatorsAtWorkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir private static Path folder;
  private static Installation installation;

  @BeforeAll
  static void install() throws Exception {
    System.setProperty(Program.PROPERTY, Headless.script(folder).toString());
    installation = new Installation(folder);
  }

  @AfterAll
  static void uninstall() {
    System.clearProperty(Program.PROPERTY);
    installation.close();
  }

  @Test
  void createsATestRunsItRollsItOutAndSeesItLive() throws Exception {
    try (DesktopWindow window = open("new", installation.ada())) {
      edit(window, new EditRequest.Create());
      window.fill("name", "The front page");
      window.fill("url", installation.site().page("/front"));
      window.fill("every", "1s");
      TabPane tabs = window.find("tabs", TabPane.class);
      fx(() -> {
        tabs.getSelectionModel().selectLast();
        return true;
      });
      window.press("run");
      window.awaitThat(
          "it has run on this computer",
          PATIENCE,
          () -> window.says("from this computer") && window.shown("Up") == 1);
      window.press("onAll");
      window.press("run");
      window.awaitThat("and on both nodes", PATIENCE, () -> window.says("2 of 2 answered"));
      Pictures.take(window, "first-run-now");
      Optional<TestPicture> known = fx(() -> test(window, "the-front-page"));
      assertThat(known).as("nothing of it is saved").isEmpty();
      window.press("save");
      window.awaitThat("it is rolled out", PATIENCE, () -> window.shown("In force") >= 1);
      fx(() -> {
        window.shell().go(Place.TESTS);
        return true;
      });
      window.fill("search", "front page");
      window.awaitThat(
          "both nodes run it, and it is up",
          PATIENCE,
          () ->
              isSeenByAll(window, "the-front-page", Verdict.UP)
                  && window.shown("The front page") >= 1
                  && window.shown("Up") == 1);
      assertThat(window.unexpected()).isEmpty();
    }
  }

  @Test
  void aBadPatchIsTurnedBackAndExplained() throws Exception {
    TestDefinition good = installation.watch("search", "The search");
    installation.site().says("/nowhere", 404);
    try (DesktopWindow window = open("bad", installation.ada())) {
      window.awaitThat("it is up", PATIENCE, () -> isSeenByAll(window, "search", Verdict.UP));
      editTest(window, "search");
      window.fill("url", installation.site().page("/nowhere"));
      window.press("save");
      window.awaitThat(
          "it is turned back", PATIENCE, () -> window.says("This change is not in force."));
      window.awaitText("where those in force pass: search");
      Pictures.take(window, "first-turned-back");
      TextField url = window.find("url", TextField.class);
      String typed = fx(url::getText);
      assertThat(typed).as("nothing typed is lost").endsWith("/nowhere");
      window.press("openRollout");
      window.awaitText("What happened");
      window.awaitText("Everything is as it was before.");
      window.press("basket");
      window.awaitText("is not in force: Changed tests fail on");
      window.press("putBack");
      window.awaitText("1 change touches 2 nodes of 2");
      assertThat(installation.inForce("search")).isEqualTo(good);
      Verdict verdict = fx(() -> test(window, "search").orElseThrow().verdict());
      assertThat(verdict).isEqualTo(Verdict.UP);
      assertThat(window.unexpected()).isEmpty();
    }
  }

  @Test
  void anIncidentOfTheManagerIsAcknowledgedAndEnds() throws Exception {
    installation.watch("pay", "The checkout");
    try (DesktopWindow window = open("incident", installation.ada())) {
      window.awaitThat("it is up", PATIENCE, () -> isSeenByAll(window, "pay", Verdict.UP));
      installation.site().says("/pay", 500);
      window.awaitThat(
          "the manager opens an incident", PATIENCE, () -> incident(window, "pay").isPresent());
      String id = fx(() -> incident(window, "pay").orElseThrow().id());
      fx(() -> {
        window.shell().incident(id);
        return true;
      });
      window.awaitText("The checkout: Down");
      window.awaitText("status: expected in 200-399, found 500");
      window.fill("words", "I call the bank");
      window.press("acknowledge");
      window.awaitThat(
          "the manager has written it into the incident",
          PATIENCE,
          () ->
              incident(window, "pay")
                  .filter(it -> it.acknowledged() != null && window.says(it.acknowledged().by()))
                  .isPresent());
      window.awaitText("looks after it");
      window.awaitText("I call the bank");
      Pictures.take(window, "first-incident");
      installation.site().says("/pay", 200);
      window.awaitThat(
          "it is over",
          PATIENCE,
          () ->
              incident(window, "pay").isEmpty()
                  && pictureOfIncidents(window).find(id).filter(it -> !it.isOpen()).isPresent()
                  && window.says("· over "));
      assertThat(window.unexpected()).isEmpty();
    }
  }

  @Test
  void twoDesktopsEditOneTestAndNothingIsLost() throws Exception {
    TestDefinition before = installation.watch("login", "The login");
    try (DesktopWindow ada = open("ada", installation.ada());
        DesktopWindow bob = open("bob", installation.bob())) {
      ada.awaitThat("ada knows it", PATIENCE, () -> test(ada, "login").isPresent());
      bob.awaitThat("bob knows it", PATIENCE, () -> test(bob, "login").isPresent());
      editTest(ada, "login");
      ada.fill("name", "The login of ada");
      ada.fill("timeout", "900ms");
      editTest(bob, "login");
      bob.fill("name", "The login of bob");
      bob.fill("tags", "shop");
      bob.press("save");
      ada.awaitThat(
          "ada is told while she types",
          PATIENCE,
          () -> ada.says("Somebody else has changed this test meanwhile"));
      assertThat(fx(() -> ada.says("you both changed: name"))).isTrue();
      Pictures.take(ada, "first-merge");
      bob.awaitThat("bob's is in force", PATIENCE, () -> bob.shown("In force") >= 1);
      bob.fill("samples", "2");
      bob.press("addToBasket");
      fx(() -> {
        bob.shell().basket();
        return true;
      });
      bob.awaitText("1 change touches 2 nodes of 2");
      ada.press("merge");
      ada.press("save");
      bob.awaitThat(
          "bob sees ada's patch on its way",
          PATIENCE,
          () -> bob.says("has handed in a change of this at"));
      bob.awaitThat(
          "and that his own has to be put on top once it is in force",
          PATIENCE,
          () -> bob.says("Somebody else has changed this since."));
      bob.press("rebase");
      bob.press("submit");
      bob.awaitThat(
          "all of it is in force",
          PATIENCE,
          () -> test(bob, "login").orElseThrow().test().samples() == 2);
      assertThat(installation.inForce("login"))
          .isEqualTo(
              before.toBuilder()
                  .name("The login of ada")
                  .timeout(Duration.ofMillis(900))
                  .tags(List.of("shop"))
                  .samples(2)
                  .build());
      ada.awaitThat(
          "ada sees it too", () -> test(ada, "login").orElseThrow().test().samples() == 2);
      assertThat(ada.unexpected()).isEmpty();
      assertThat(bob.unexpected()).isEmpty();
    }
  }

  private static DesktopWindow open(String name, Path key) throws Exception {
    DesktopWindow window = new DesktopWindow(folder.resolve(name), key, 1280, 800);
    fx(() -> {
      window.shell().connect(installation.hub(), Optional.empty());
      return true;
    });
    window.awaitThat("it is connected", () -> window.shown("Connected, live") == 1);
    return window;
  }

  private static void edit(DesktopWindow window, EditRequest request) {
    fx(() -> {
      window.shell().edit(request);
      return true;
    });
    window.find("name", TextField.class);
  }

  private static void editTest(DesktopWindow window, String id) {
    edit(window, new EditRequest.Edit(fx(() -> test(window, id).orElseThrow().stored())));
  }

  private static Optional<TestPicture> test(DesktopWindow window, String id) {
    return window.shell().session().map(Session::feed).map(feed -> feed.picture().find(id));
  }

  private static boolean isSeenByAll(DesktopWindow window, String id, Verdict verdict) {
    return test(window, id)
        .filter(it -> it.verdict() == verdict && it.nodes().size() == Installation.NODES.size())
        .isPresent();
  }

  private static IncidentPicture pictureOfIncidents(DesktopWindow window) {
    return window.shell().session().orElseThrow().incidents().picture();
  }

  private static Optional<Incident> incident(DesktopWindow window, String test) {
    return pictureOfIncidents(window).openOf(test).stream().findFirst();
  }
}
