package dev.jiggety.agent.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.PageLoad;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pages with all that belongs to them: scripts, pictures, style sheets, messages. */
abstract class LoadContract extends BrowserContract {
  @Test
  void scriptsRunWhenTheyMay() {
    Browser browser = scripting();
    browser.go(at("/scripted"));
    assertThat(browser.view().title()).isEqualTo("Written by a script");
    assertThat(browser.css("#late")).containsExactly("after");
    assertThat(browser.view().html()).contains("after");
  }

  @Test
  void scriptsDoNotRunOtherwise() {
    assumeThat(can(Ability.NO_SCRIPTS)).isTrue();
    Browser browser = browser();
    browser.go(at("/scripted"));
    assertThat(browser.view().title()).isEqualTo("Plain");
    assertThat(browser.css("#late")).containsExactly("before");
  }

  @Test
  void dialogsAreDismissedAndTold() {
    Browser browser = scripting();
    PageLoad load = browser.load(at("/dialogs"), Duration.ZERO);
    assertThat(browser.view().title()).isEqualTo("After the dialogs");
    assertThat(load.consoleErrors()).as("a dialog is no error").isZero();
    assertThat(String.join("\n", load.messages())).contains("watch out");
  }

  @Test
  void loadsAPageWithAllThatBelongsToIt() {
    Browser browser = scripting();
    PageLoad load = browser.load(at("/scripted"), Duration.ZERO);
    assertThat(load.engine()).isEqualTo(engine().engine().label());
    assertThat(site().asked())
        .contains("GET /scripted", "GET /style.css", "GET /dot.png", "GET /script.js");
    assertThat(load.resources())
        .extracting(PageLoad.Resource::url)
        .contains(at("/scripted"), at("/style.css"), at("/dot.png"), at("/script.js"));
    assertThat(resource(load, "/scripted").type()).isEqualTo("document");
    assertThat(resource(load, "/style.css").type()).isEqualTo("stylesheet");
    assertThat(resource(load, "/script.js").type()).isEqualTo("script");
    assertThat(resource(load, "/dot.png").type()).isEqualTo("image");
    assertThat(resource(load, "/absent.png").status()).isEqualTo(404);
    assertThat(load.requests()).isGreaterThanOrEqualTo(5);
    assertThat(load.bytes()).isGreaterThan(400);
    assertThat(load.networkErrors()).isGreaterThanOrEqualTo(1);
    assertThat(load.consoleErrors()).isGreaterThanOrEqualTo(2);
    assertThat(String.join("\n", load.messages()))
        .contains("a pig fell over")
        .contains("noSuchThing")
        .contains("/absent.png");
  }

  @Test
  void tellsWhenThePageGotWhere() {
    PageLoad load = scripting().load(at("/moved"), Duration.ZERO);
    assertThat(load.milestones()).containsKeys("responseStart", "domInteractive", "loadEventEnd");
    assertThat(load.milestones().get("responseStart")).isPositive();
    assertThat(load.milestones().get("domInteractive"))
        .isBetween(load.milestones().get("responseStart"), load.milestones().get("loadEventEnd"));
    assertThat(load.resources())
        .allSatisfy(resource -> {
          assertThat(resource.start()).isGreaterThanOrEqualTo(Duration.ZERO);
          assertThat(resource.duration()).isPositive();
        });
  }

  @Test
  void whatComesLaterBelongsToThePageWhileItSettles() {
    PageLoad load = scripting().load(at("/busy"), Duration.ofMillis(800));
    assertThat(load.resources())
        .filteredOn(resource -> resource.url().equals(at("/text")))
        .singleElement()
        .satisfies(resource -> assertThat(resource.type()).isEqualTo("fetch"));
  }

  @Test
  void noPageIsAFailure() {
    Browser browser = scripting();
    assertThat(failureOf(() -> browser.load("http://nowhere.invalid/", Duration.ZERO)).kind())
        .isEqualTo(ErrorKind.DNS);
  }

  @Test
  void showsWhatItLooksLikeWhereItDraws() {
    Browser browser = scripting();
    browser.go(at("/"));
    assertThat(browser.picture().isPresent()).isEqualTo(can(Ability.PICTURE));
    Optional<Integer> size = browser.picture().map(picture -> picture.base64().length());
    assertThat(size.orElse(1)).isBetween(1, 400_000);
  }

  private PageLoad.Resource resource(PageLoad load, String path) {
    return load.resources().stream()
        .filter(resource -> resource.url().equals(at(path)))
        .findFirst()
        .orElseThrow();
  }
}
