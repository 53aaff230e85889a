package dev.jiggety.desktop.view.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.Themes;
import dev.jiggety.desktop.navigation.EditRequest;
import dev.jiggety.desktop.session.Session;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.testing.UiTest;
import dev.jiggety.model.Check;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A test is written, from the first letter to the basket. */
class EditorScenarioTest extends UiTest {
  @BeforeEach
  void fillHub() {
    Examples.fillShop(hub, clock.instant());
  }

  @Test
  @Tag("needs-window")
  void aScriptIsWrittenWithTheKeyboardAlone() {
    connect();
    robot.press(KeyCode.CONTROL).type(KeyCode.N).release(KeyCode.CONTROL);
    awaitText("New test");
    robot.write("Log in", 0);
    tabTo("kind");
    robot.type(KeyCode.DOWN);
    awaitThat(() -> stage.getScene().lookup("#scriptSource") != null);
    tabTo("scriptSource");
    robot.write("g", 0);
    awaitText("go <url>");
    robot.type(KeyCode.ESCAPE);
    robot.write("o https://shop.example/login\nfnd \"Hello\"\n", 0);
    robot.type(KeyCode.ESCAPE);
    awaitText("Line 2, column 1");
    CodeArea area = (CodeArea) find("scriptSource", Node.class);
    assertThat(fx(() -> area.getStyleOfChar(30).contains("code-flaw"))).isTrue();
    picture("editor-script");
    robot.type(KeyCode.UP).type(KeyCode.HOME).type(KeyCode.RIGHT);
    robot.write("i", 0);
    robot.type(KeyCode.ESCAPE);
    awaitThat(() -> !isShown("Line 2, column 1"));
    awaitText("every minute");
    tabTo("addToBasket", true);
    robot.type(KeyCode.SPACE);
    awaitThat(() -> session().basket().find("test:log-in").isPresent());
    assertThat(session().basket().find("test:log-in").orElseThrow().wantedTest().orElseThrow())
        .satisfies(test -> {
          assertThat(test.check()).isInstanceOf(Check.Script.class);
          assertThat(((Check.Script) test.check()).source())
              .isEqualTo("go https://shop.example/login\nfind \"Hello\"\n");
        });
  }

  @Test
  void formAndSourceSayTheSame() {
    connect();
    edit("search");
    TabPane tabs = find("tabs", TabPane.class);
    fx(() -> {
      tabs.getSelectionModel().select(1);
      return true;
    });
    CodeArea area = (CodeArea) find("sourceText", Node.class);
    awaitThat(() -> area.getText().contains("name: Search"));
    picture("editor-source");
    fx(() -> {
      area.replaceText(area.getText().replace("name: Search", "name: Find").concat("odd: 1\n"));
      return true;
    });
    awaitText("odd");
    fx(() -> {
      area.replaceText(area.getText().replace("odd: 1\n", ""));
      tabs.getSelectionModel().select(0);
      return true;
    });
    awaitText("Find");
    picture("editor-form-light");
    fx(() -> {
      shell.themes().choiceProperty().set(Themes.Choice.DARK);
      return true;
    });
    settle();
    picture("editor-form-dark");
  }

  @Test
  void everyKindHasItsFields() {
    connect();
    fx(() -> {
      shell.edit(new EditRequest.Create());
      return true;
    });
    ComboBox<?> kind = find("kind", ComboBox.class);
    for (int i = 0; i < kind.getItems().size(); i++) {
      int index = i;
      fx(() -> {
        kind.getSelectionModel().select(index);
        return true;
      });
      settle();
      picture("editor-kind-" + i);
    }
    awaitText("in YAML or JSON");
  }

  private void edit(String id) {
    fx(() -> {
      shell.edit(new EditRequest.Edit(hub.stored(id).orElseThrow()));
      return true;
    });
    awaitText("Edit test");
  }

  private Session session() {
    return shell.session().orElseThrow();
  }

  private void tabTo(String id) {
    tabTo(id, false);
  }

  /** Goes by Tab, or back, as far as it takes; never round for ever. */
  private void tabTo(String id, boolean back) {
    for (int i = 0; i < 80 && !fx(() -> hasFocus(id)); i++) {
      if (back) {
        robot.press(KeyCode.SHIFT).type(KeyCode.TAB).release(KeyCode.SHIFT);
      } else {
        robot.type(KeyCode.TAB);
      }
    }
    assertThat(fx(() -> hasFocus(id))).as("focus on %s", id).isTrue();
  }

  private boolean hasFocus(String id) {
    Node owner = stage.getScene().getFocusOwner();
    return owner != null && id.equals(owner.getId());
  }
}
