package dev.jiggety.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Secret;
import dev.jiggety.desktop.basket.Basket;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.desktop.navigation.Dialogs.Tone;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Settings;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.system.SystemParts;
import dev.jiggety.desktop.system.Vault;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.FakeVault;
import dev.jiggety.desktop.testing.UiTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The window itself: palette, size of text, hubs, undo, failures, notifications. */
class KeyboardOfAnOperatorTest extends UiTest {
  private final FakeVault vault = new FakeVault(Vault.State.SYSTEM);
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<Path> opened = new CopyOnWriteArrayList<>();

  @Override
  protected SystemParts system() {
    return new SystemParts(vault, (title, text) -> told.add(text), opened::add);
  }

  @BeforeEach
  void fillHub() {
    Examples.fillShop(hub, clock.instant());
  }

  @Test
  @Tag("needs-window")
  void goesAnywhereByAFewLetters() {
    connect();
    awaitText("Checkout");
    robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
    awaitText("Enter goes there");
    robot.write("chck", 0);
    robot.type(KeyCode.ENTER);
    awaitText(" runs · ");
    assertThat(fx(() -> isShown("Enter goes there"))).isFalse();
    robot.press(KeyCode.CONTROL).type(KeyCode.K).release(KeyCode.CONTROL);
    robot.write("newtest", 0);
    robot.type(KeyCode.ENTER);
    awaitText("New test");
  }

  @Test
  void makesTextLargerAndRemembersIt() {
    connect();
    double before = fx(() -> fontOfStatus());
    fx(() -> {
      shell.look().resize(3);
      return true;
    });
    awaitThat(() -> fontOfStatus() > before * 1.25);
    awaitThat(() -> settings.get().look().size() == 130);
    fx(() -> {
      shell.look().resize(50);
      return true;
    });
    awaitThat(() -> settings.get().look().size() == 200);
    fx(() -> {
      shell.look().usualSize();
      return true;
    });
    awaitThat(() -> Math.abs(fontOfStatus() - before) < 0.01);
    assertThat(shell.remember(Settings.FIRST).place()).isNotEmpty();
  }

  @Test
  void takesTheLastChangeOfTheBasketBackAndDoesItAgain() {
    connect();
    Basket basket = fx(() -> shell.session().orElseThrow().basket());
    fx(() -> {
      basket.put(BasketEntry.put(Examples.test("cart", "Cart"), null, clock.instant()));
      shell.undo();
      return true;
    });
    awaitText("is undone");
    assertThat(basket.state().entries()).isEmpty();
    fx(() -> {
      shell.redo();
      return true;
    });
    awaitText("1 change in the basket");
  }

  @Test
  void goesToAnotherHubWithThePasswordThatIsKept() {
    settings.change(known -> known.withHub(new KnownHub("http://127.0.0.1:7000", "ann")));
    vault.kept.put(new Vault.Account("http://127.0.0.1:7000", "ann"), Secret.of("right"));
    connect();
    hub.askFor("ann", "right");
    fx(() -> {
      MenuButton hubs = (MenuButton) stage.getScene().lookup("#hub");
      hubs.show();
      hubs.getItems().stream()
          .filter(item -> item.getText().contains("7000"))
          .findFirst()
          .orElseThrow()
          .fire();
      return true;
    });
    awaitText("ann at http://127.0.0.1:7000");
    awaitThat(() -> hub.connections() == 1);
  }

  @Test
  void aFormIsNotLeftForAnotherHubWithoutAsking() {
    connect();
    fx(() -> {
      shell.edit(new EditRequest.Create());
      return true;
    });
    type("name", "Half done");
    fx(() -> {
      shell.connect(new KnownHub("http://127.0.0.1:7000", ""));
      return true;
    });
    awaitText("Leave without saving?");
    robot.type(KeyCode.ESCAPE);
    awaitThat(() -> isShown("Half done") && !isShown("Leave without saving?"));
  }

  @Test
  void aFailureThatNobodyExpectedHasACodeAndAReport() throws IOException {
    connect();
    IllegalStateException failure = new IllegalStateException("password=hunter2");
    fx(() -> {
      shell.crashed(failure);
      return true;
    });
    awaitText(CrashReports.code(failure));
    awaitThat(() -> { // it slides down first
      Node bar = stage.getScene().lookup(".notification-bar > .pane");
      return bar != null && bar.getBoundsInParent().getHeight() > 30;
    });
    robot.clickOn("Open the report");
    awaitThat(() -> !opened.isEmpty());
    assertThat(Files.readString(opened.getFirst()))
        .contains(CrashReports.code(failure), "KeyboardOfAnOperatorTest")
        .doesNotContain("hunter2");
    robot.clickOn("Copy the code");
    awaitThat(() -> Clipboard.getSystemClipboard().hasString());
    assertThat(fx(() -> Clipboard.getSystemClipboard().getString()))
        .contains(CrashReports.code(failure));
  }

  @Test
  void theDesktopTellsWhileNobodyLooksUnlessThatIsUnwanted() {
    connect();
    fx(() -> {
      stage.hide(); // not every window system takes the focus from a window that is iconified
      return true;
    });
    awaitThat(() -> !stage.isShowing());
    say("Checkout is down");
    awaitThat(() -> told.equals(List.of("Checkout is down")));
    settings.change(known -> known.withLook(known.look().withNotices(false)));
    say("Login is down");
    settle();
    assertThat(told).containsExactly("Checkout is down");
  }

  private void say(String text) {
    fx(() -> {
      shell.dialogs().say(Tone.WARNING, text);
      return true;
    });
  }

  private double fontOfStatus() {
    return ((Label) stage.getScene().lookup("#status")).getFont().getSize();
  }
}
