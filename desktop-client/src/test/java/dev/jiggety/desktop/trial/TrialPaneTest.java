package dev.jiggety.desktop.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketState;
import dev.jiggety.desktop.feed.IncidentFeed;
import dev.jiggety.desktop.feed.LiveFeed;
import dev.jiggety.desktop.feed.PatchFeed;
import dev.jiggety.desktop.fx.Tasks;
import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.Desk;
import dev.jiggety.desktop.program.Program;
import dev.jiggety.desktop.run.Tales;
import dev.jiggety.desktop.session.ActOutbox;
import dev.jiggety.desktop.session.IncidentDesk;
import dev.jiggety.desktop.session.PatchDesk;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.UiTest;
import dev.jiggety.desktop.trial.TrialViewModel.Where;
import dev.jiggety.model.Picture;
import dev.jiggety.model.TrialAnswer;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Run now, as an operator sees it. */
@DisabledOnOs(OS.WINDOWS) // the program is a script of a shell
class TrialPaneTest extends UiTest {
  private final Bench navigator = new Bench();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private Session session;
  private TrialPane pane;

  @BeforeEach
  void open() throws IOException {
    Examples.fillShop(hub, clock.instant());
    Program program =
        new Program(Scripts.answering(folder, Tales.redirected("here", clock.instant())));
    Tasks tasks = new Tasks(workers, Platform::runLater);
    tasks.onUnexpected(unexpected::add);
    Texts texts = new Texts(Locale.ENGLISH);
    Desk desk = new Desk(tasks, clock, clock, ZoneOffset.UTC, texts, navigator, navigator);
    fx(() -> {
      keys.reload();
      Basket basket = new Basket(BasketState.EMPTY, state -> {});
      IncidentFeed incidents = new IncidentFeed(hub.incidents(), clock, tasks, clock);
      session =
          new Session(
              new KnownHub("http://127.0.0.1:5984", ""),
              hub.open(HubAddress.parse("127.0.0.1", Optional.empty())),
              new LiveFeed(hub.feed(), clock, tasks, clock),
              new PatchFeed(hub.patches(), clock, tasks, clock),
              incidents,
              basket,
              new PatchDesk(tasks, hub.patches(), keys, basket, clock, new Random(1)),
              new IncidentDesk(
                  tasks,
                  hub.incidents(),
                  incidents,
                  () -> "ada",
                  clock,
                  new Random(2),
                  ActOutbox.NONE,
                  clock));
      pane =
          new TrialPane(
              desk,
              session,
              Optional.of(program),
              () -> new TrialSubject.Ready(Examples.test("home", "Home page")));
      pane.activate();
      StackPane root = new StackPane(pane);
      root.setStyle("-fx-padding: 16; -fx-background-color: -color-bg-default;");
      Scene scene = new Scene(root, 1200, 700);
      new Themes().dress(scene);
      stage.setScene(scene);
      return true;
    });
    settle();
  }

  @AfterEach
  void close() {
    fx(() -> {
      pane.deactivate();
      session.close();
      return true;
    });
    workers.close();
  }

  @Test
  void runsHereAndOnNodesAndShowsWhereTheTimeWent() {
    press("run");
    awaitText("https://shop.example/");
    TableView<?> hops = find("hops", TableView.class);
    assertThat(hops.getItems()).hasSize(2);
    assertThat(fx(() -> robot.lookup(".bar-part").queryAll().size())).isGreaterThanOrEqualTo(9);
    picture("trial-here-light");

    fx(() -> {
      pane.model().whereProperty().set(Where.CHOSEN);
      pane.model().chosen().setAll("oslo-1", "berlin-1");
      return true;
    });
    press("run");
    awaitThat(() -> hub.nodeTrials().asked().size() == 1);
    awaitText("berlin-1");
    String request = hub.nodeTrials().asked().getFirst().id();
    hub.nodeTrials()
        .answer(
            new TrialAnswer(
                request,
                "oslo-1",
                null,
                "",
                Tales.brokenCheckout(
                    "oslo-1", clock.instant(), new Picture("image/png", Tales.POINT)),
                clock.instant()));
    awaitText("Not as the test wants it");
    TabPane tabs = robot.lookup("#tabs").queryAs(TabPane.class);
    awaitThat(() -> tabs.getTabs().size() == 6);
    fx(() -> {
      tabs.getSelectionModel().select(tabs.getTabs().get(2));
      return true;
    });
    awaitText("1 error on the console");
    picture("trial-page-light");
    fx(() -> {
      tabs.getSelectionModel().selectLast();
      return true;
    });
    awaitThat(() -> robot.lookup("#image").queryAs(ImageView.class).getImage() != null);
    hub.nodeTrials()
        .answer(
            new TrialAnswer(
                request,
                "berlin-1",
                null,
                "",
                Tales.redirected("berlin-1", clock.instant()),
                clock.instant()));
    awaitText("2 of 2 answered");
    fx(() -> {
      robot.lookup("#rows").queryListView().getSelectionModel().selectAll();
      return true;
    });
    awaitThat(() -> robot.lookup("#hops").queryAll().size() == 2);
    picture("trial-side-by-side-light");
  }
}
