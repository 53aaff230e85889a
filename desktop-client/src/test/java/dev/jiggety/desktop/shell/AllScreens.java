package dev.jiggety.desktop.shell;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.run.Tales;
import dev.jiggety.desktop.testing.Enrolments;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeClock;
import dev.jiggety.desktop.testing.Gallery;
import dev.jiggety.desktop.testing.Incidents;
import dev.jiggety.desktop.testing.Parts;
import dev.jiggety.desktop.trial.Scripts;
import dev.jiggety.model.Admission;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Incident;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;

/**
 * Brings about every screen there is. Places of the menu are visited by themselves; what else there
 * is to see stands here: bring the screen about, then {@code look("its-name")}.
 */
abstract class AllScreens extends Gallery {
  @Override
  protected Set<String> guide() {
    return Set.of(
        "palette-light",
        "settings-light",
        "crash-light",
        "basket-light",
        "basket-dark",
        "rollout-light",
        "rollout-dark",
        "overview-light",
        "incident-light",
        "nodes-light",
        "nodes-dark",
        "tests-light",
        "tests-dark",
        "editor-light",
        "editor-dark");
  }

  protected void lookAtAll() throws IOException {
    firstStart();
    look("connect");
    emptyHub();
    fill();
    places();
    results();
    alerting();
    editor();
    go(() -> shell.go(Place.OVERVIEW));
    awaitText(texts.get("leave.question"));
    robot.clickOn(texts.get("leave.yes"));
    settle();
    hub.goAway();
    settle();
    look("away");
    hub.comeBack();
    settle();
    patches();
    above();
  }

  private void firstStart() {
    go(() -> shell.welcome());
    look("welcome");
    robot.clickOn(texts.get("start.couch"));
    settle();
    look("welcome-couch");
    go(() -> shell.disconnect());
  }

  /** What there is to see as long as there is nothing to see. */
  private void emptyHub() {
    connectToOverview();
    for (Place place : fx(() -> List.copyOf(shell.places()))) {
      if (place != Place.SETTINGS) {
        go(() -> shell.go(place));
        look(place.name().toLowerCase(Locale.ROOT) + "-empty");
      }
    }
  }

  private void fill() {
    Examples.fillShop(hub, clock.instant());
    hub.report(Parts.troubled("oslo-1", clock.instant()));
    hub.fakeHealth().report(Parts.manager(clock.instant()));
    hub.fakeHealth().report(Parts.hub(clock.instant()));
    Enrolments.fill(hub, clock.instant());
    hub.incidents().put(Incidents.open(Incident.Kind.DOWN, "checkout", Duration.ofMinutes(2)));
    hub.incidents().put(Incidents.open(Incident.Kind.DEGRADED, "search", Duration.ofMinutes(9)));
    hub.incidents().put(Incidents.over("login", Duration.ofMinutes(16), Duration.ofMinutes(2)));
    go(() -> shell.go(Place.TESTS));
    TableView<?> table = find("table", TableView.class);
    awaitThat(() -> !table.getItems().isEmpty());
    go(() -> table.getSelectionModel().select(0));
  }

  private void places() {
    for (Place place : fx(() -> List.copyOf(shell.places()))) {
      go(() -> shell.go(place));
      if (place == Place.NODES) {
        TableView<?> table = find("table", TableView.class);
        go(() -> table.getSelectionModel().select(1));
      }
      look(place.name().toLowerCase(Locale.ROOT));
    }
    enrolment();
    go(() -> shell.go(Place.OVERVIEW));
    press("rows");
    look("overview-rows");
    press("tiles");
    go(() -> shell.wall());
    awaitThat(() -> wall() != null && wall().getScene().lookup(".wall-count") != null);
    lookAt(wall().getScene(), "wall");
    go(() -> wall().hide());
  }

  private void enrolment() {
    go(() -> shell.go(Place.NODES));
    ToggleButton log = find("logToggle", ToggleButton.class);
    go(log::fire);
    awaitThat(() -> seen("#lines") instanceof ListView<?> lines && !lines.getItems().isEmpty());
    look("nodes-log");
    go(log::fire);
    TabPane tabs = find("tabs", TabPane.class);
    go(() -> tabs.getSelectionModel().select(1));
    TableView<?> members = find("members", TableView.class);
    awaitThat(() -> !members.getItems().isEmpty());
    go(() -> members.getSelectionModel().select(0));
    look("nodes-members");
    fire("add");
    look("nodes-new");
    fire("invite");
    awaitText(texts.get("nodes.new.asked"));
    hub.enrolment()
        .answer(hub.enrolment().invited(), Admission.State.OPEN, "", "", clock.instant());
    pass(Duration.ofSeconds(1));
    awaitText(texts.get("nodes.new.open"));
    look("nodes-command");
    fire("closeNew");
    go(() -> tabs.getSelectionModel().select(0));
  }

  private void fire(String id) {
    Button button = find(id, Button.class);
    go(button::fire);
  }

  private static Stage wall() {
    return Window.getWindows().stream()
        .filter(Window::isShowing)
        .filter(it -> it.getScene().getRoot().getStyleClass().contains("wall"))
        .map(Stage.class::cast)
        .findFirst()
        .orElse(null);
  }

  private void results() {
    go(() -> shell.results("search"));
    awaitThat(() -> seen("#statistics") instanceof Label label && !label.getText().isBlank());
    look("results-run");
  }

  private void alerting() {
    go(() -> shell.incident(hub.incidents().open().getFirst().value().id()));
    look("incident");
    go(() -> shell.alerting(""));
    look("alerting");
    for (String kind : List.of("window", "policy", "channel", "settings")) {
      go(() -> shell.alerting(kind + ":"));
      look("alerting-" + kind);
      go(() -> shell.alerting(""));
    }
  }

  private void editor() throws IOException {
    System.setProperty(
        Program.PROPERTY,
        Scripts.answering(folder, Tales.redirected("here", FakeClock.START)).toString());
    try {
      go(() -> shell.edit(new EditRequest.Edit(hub.stored("search").orElseThrow())));
      type("url", "htp://oops");
      look("editor");
      type("url", "http://127.0.0.1:8080/search");
      TabPane tabs = find("tabs", TabPane.class);
      go(() -> tabs.getSelectionModel().select(1));
      look("editor-source");
      go(() -> tabs.getSelectionModel().select(2));
      look("trial-empty");
      Button run = find("run", Button.class);
      go(run::fire);
      awaitThat(() -> seen("#hops") instanceof TableView<?> hops && hops.getItems().size() == 2);
      look("trial");
    } finally {
      System.clearProperty(Program.PROPERTY);
    }
    go(() -> shell.edit(new EditRequest.Create()));
    ComboBox<?> kind = find("kind", ComboBox.class);
    for (int i = 0; i < fx(() -> kind.getItems().size()); i++) {
      int index = i;
      go(() -> kind.getSelectionModel().select(index));
      look("editor-" + String.valueOf(fx(() -> kind.getValue())).toLowerCase(Locale.ROOT));
    }
  }

  private void patches() {
    go(() -> shell.basket());
    look("basket-empty");
    hub.manager().stopAt(RolloutState.COMPLETED);
    submit("Product page is checked twice as often", every("product", 5));
    settle();
    hub.manager().stopAt(RolloutState.VERIFYING);
    submit("Stricter login", every("login", 2));
    hub.manager()
        .turnBack(new Cause.AtFault(new TreeSet<>(List.of("login")), Examples.NODES.getFirst()));
    settle();
    go(() -> {
      basket().put(every("search", 30));
      basket().put(BasketEntry.delete(raw("newsletter"), clock.instant()));
      basket().put(BasketEntry.put(Examples.test("cart", "Cart", "shop"), null, clock.instant()));
      shell.basket();
    });
    look("basket");
    hub.put(
        Examples.test("search", "Search and find", "shop", "api").toBuilder()
            .schedule(new Schedule.Every(Duration.ofSeconds(15)))
            .build());
    awaitText(texts.get("basket.tag.conflict"));
    look("conflict");
    hub.manager().stopAt(RolloutState.PROMOTING);
    submit("Home page every five seconds", every("home", 5));
    awaitText(texts.get("rollout.state.PROMOTING"));
    look("rollout");
    hub.manager().advance(RolloutState.COMPLETED);
    awaitText(texts.get("action.rollback.consequence"));
    look("rollout-done");
  }

  /** What lies above a screen. */
  private void above() {
    go(() -> shell.go(Place.TESTS));
    go(() -> shell.palette());
    type("typed", "ch");
    look("palette", ".palette");
    robot.type(KeyCode.ESCAPE);
    go(() -> shell.crashed(new IllegalStateException("made up")));
    awaitText(texts.get("crash.open"));
    awaitThat(this::barIsThere);
    look("crash", ".notification-bar");
  }

  private boolean barIsThere() {
    Node bar = stage.getScene().lookup(".notification-bar > .pane");
    return bar != null
        && bar.getBoundsInParent().getHeight() > 30
        && bar.getOpacity() == 1
        && bar.localToScene(bar.getLayoutBounds()).getMinY() > -1;
  }

  private BasketEntry every(String id, int seconds) {
    TestDefinition test = hub.stored(id).orElseThrow().value();
    return BasketEntry.put(
        test.toBuilder().schedule(new Schedule.Every(Duration.ofSeconds(seconds))).build(),
        raw(id),
        clock.instant());
  }

  private JsonObject raw(String id) {
    return hub.stored(id).orElseThrow().raw();
  }

  private Basket basket() {
    return shell.session().orElseThrow().basket();
  }

  private void submit(String comment, BasketEntry entry) {
    AtomicReference<String> patch = new AtomicReference<>();
    fx(() -> {
      shell
          .session()
          .orElseThrow()
          .patches()
          .submit(
              List.of(entry),
              comment,
              StrategyChoice.SWIFT,
              sent -> patch.set(sent.id()),
              refusal -> {
                throw new AssertionError(refusal.toString());
              });
      return true;
    });
    awaitThat(() -> patch.get() != null);
    go(() -> shell.rollout(patch.get()));
  }
}
