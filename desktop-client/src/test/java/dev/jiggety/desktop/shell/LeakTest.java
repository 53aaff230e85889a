package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.navigation.Navigator.Place;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.UiTest;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.stage.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was opened and closed is gone: its listeners, its timers, its memory. */
class LeakTest extends UiTest {
  private static final int TIMES = 200;
  private static final int SESSIONS = 12;

  /** The one that is seen, and one that JavaFX may still hold as the last that had the focus. */
  private static final int STILL_HELD = 2;

  private static final long MEBIBYTE = 1 << 20;

  @BeforeEach
  void fillHub() {
    Examples.fillShop(hub, clock.instant());
  }

  @Test
  void everyViewOpenedAndClosedLeavesNothingBehind() {
    connect();
    open(20, new ArrayList<>());
    int timers = clock.timers();
    int followers = hub.followers();
    int windows = fx(() -> Window.getWindows().size());
    long heap = heap();
    List<WeakReference<Node>> forms = new ArrayList<>();
    open(TIMES, forms);
    assertThat(clock.timers()).as("timers").isEqualTo(timers);
    assertThat(hub.followers()).as("feeds").isEqualTo(followers);
    assertThat(fx(() -> Window.getWindows().size())).as("windows").isEqualTo(windows);
    assertThat(forms).hasSize(TIMES);
    awaitGone(forms);
    assertThat((heap() - heap) / MEBIBYTE).as("MiB more than before").isLessThan(12);
  }

  @Test
  void everySessionThatEndedIsGone() {
    List<WeakReference<Node>> frames = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      connect();
      fx(() -> {
        frames.add(new WeakReference<>(stage.getScene().lookup(".shell")));
        shell.palette();
        shell.disconnect();
        return true;
      });
      awaitThat(() -> hub.connections() == 0);
    }
    assertThat(hub.followers()).isZero();
    assertThat(clock.timers()).isZero();
    awaitGone(frames);
  }

  private void open(int times, List<WeakReference<Node>> forms) {
    for (int i = 0; i < times; i++) {
      fx(() -> {
        for (Place place : shell.places()) {
          shell.go(place);
        }
        shell.edit(new EditRequest.Edit(hub.stored("search").orElseThrow()));
        Pane content = (Pane) stage.getScene().lookup("#content");
        forms.add(new WeakReference<>(content.getChildren().getFirst()));
        shell.palette();
        shell.incident("");
        shell.alerting("policy:");
        shell.alerting("");
        shell.basket();
        shell.go(Place.TESTS);
        return true;
      });
      if (i % 10 == 0) {
        settle();
      }
    }
    settle();
  }

  private static void awaitGone(List<WeakReference<Node>> nodes) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> {
          System.gc();
          fx(() -> true);
          assertThat(nodes.stream().filter(it -> it.get() != null).count())
              .as("views that something still holds, of %s", nodes.size())
              .isLessThanOrEqualTo(STILL_HELD);
        });
  }

  private static long heap() {
    System.gc();
    fx(() -> true);
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
