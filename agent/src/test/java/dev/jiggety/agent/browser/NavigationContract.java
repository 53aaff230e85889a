package dev.jiggety.agent.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.jiggety.model.Check;
import dev.jiggety.model.Hop;
import dev.jiggety.model.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Getting from page to page, and what is to be seen there. */
abstract class NavigationContract extends BrowserContract {
  @Test
  void showsNothingBeforeTheFirstPage() {
    Browser browser = browser();
    assertThat(browser.view()).isEqualTo(View.EMPTY);
    assertThat(browser.history()).isEmpty();
    assertThat(browser.exchanges()).isEmpty();
    assertThat(browser.certificateDays()).isEmpty();
    assertThat(browser.cookies()).isEmpty();
  }

  @Test
  void showsThePage() {
    Browser browser = browser();
    browser.go(at("/"));
    View view = browser.view();
    assertThat(view.url()).isEqualTo(at("/"));
    assertThat(view.status()).isEqualTo(200);
    assertThat(view.title()).isEqualTo("The sty");
    assertThat(view.mediaType()).isEqualTo("text/html");
    assertThat(view.html()).contains("<h1>Pigs</h1>").contains("Zürich");
    assertThat(view.links())
        .containsExactly(
            new View.Link(0, "To the market", at("/target?by=link")),
            new View.Link(1, "Nowhere", at("/missing")));
  }

  @Test
  void findsByXpathAndSelector() {
    Browser browser = browser();
    browser.go(at("/"));
    assertThat(browser.xpath("//li")).containsExactly("fat", "thin");
    assertThat(browser.xpath("//li/@data-weight")).containsExactly("120", "40");
    assertThat(browser.xpath("count(//li)")).containsExactly("2");
    assertThat(browser.xpath("//li[2]/text()")).containsExactly("thin");
    assertThat(browser.xpath("//table")).isEmpty();
    assertThat(browser.css("li.pig[data-weight='40']")).containsExactly("thin");
    assertThat(browser.css("table")).isEmpty();
  }

  @Test
  void aBadXpathOrSelectorFails() {
    Browser browser = browser();
    browser.go(at("/"));
    assertThat(failureOf(() -> browser.xpath("//li[")).text()).contains("//li[");
    assertThat(failureOf(() -> browser.css("li[[")).text()).contains("li[[");
  }

  @Test
  void goesToRelativeAddresses() {
    Browser browser = browser();
    browser.go(at("/fields"));
    browser.go("target?by=hand#here");
    assertThat(browser.view().url()).isEqualTo(at("/target?by=hand#here"));
    browser.go("/simple");
    assertThat(browser.view().title()).isEqualTo("A simple page");
  }

  @Test
  void followsLinksWithReferer() {
    Browser browser = browser();
    browser.go(at("/simple"));
    browser.follow(browser.view().links().getFirst());
    assertThat(browser.view().url()).isEqualTo(at("/target"));
    assertThat(site().asked()).containsExactly("GET /simple", "GET /target");
  }

  @Test
  void goesBackAndReloads() {
    Browser browser = browser();
    browser.go(at("/simple"));
    browser.go(at("/target"));
    assertThat(browser.history()).containsExactly(at("/simple"), at("/target"));
    browser.back();
    assertThat(browser.view().title()).isEqualTo("A simple page");
    assertThat(browser.history()).containsExactly(at("/simple"));
    browser.reload();
    assertThat(browser.view().title()).isEqualTo("A simple page");
    assertThat(site().asked())
        .endsWith("GET /simple")
        .filteredOn("GET /simple"::equals)
        .hasSizeGreaterThan(1);
    assertThat(browser.history()).containsExactly(at("/simple"));
  }

  @Test
  void anErrorStatusIsAPage() {
    Browser browser = browser();
    browser.go(at("/missing"));
    assertThat(browser.view().status()).isEqualTo(404);
    assertThat(browser.view().title()).isEqualTo("Gone");
    browser.go(at("/broken"));
    assertThat(browser.view().status()).isEqualTo(500);
  }

  @Test
  void tellsHeadersOfTheAnswer() {
    assumeThat(can(Ability.HEADERS)).isTrue();
    Browser browser = browser();
    browser.go(at("/missing"));
    assertThat(header(browser.view(), "X-Reason")).isEqualTo("eaten");
    assertThat(header(browser.view(), "content-type")).isEqualTo("text/html; charset=utf-8");
  }

  @Test
  void followsRedirectsAndTellsEachHop() {
    Browser browser = browser();
    browser.go(at("/moved"));
    assertThat(browser.view().url()).isEqualTo(at("/target?by=redirect"));
    List<Hop> hops = browser.exchanges();
    assertThat(hops)
        .extracting(Hop::url)
        .startsWith(at("/moved"), at("/moved-again"), at("/target?by=redirect"));
    assertThat(hops).extracting(Hop::status).startsWith(302, 301, 200);
    assertThat(browser.exchanges()).isEmpty();
    if (can(Ability.PHASES)) {
      assertThat(hops.getFirst().phases().time(Phase.CONNECT)).isPresent();
      assertThat(hops).allSatisfy(hop -> assertThat(hop.phases().time(Phase.WAIT)).isPresent());
    }
  }

  @Test
  void countsBytes() {
    Browser browser = browser();
    browser.go(at("/text"));
    assertThat(browser.bytes()).isGreaterThanOrEqualTo("only <b>text</b>".length());
    assertThat(browser.view().mediaType()).isEqualTo("text/plain");
    assertThat(browser.view().html()).contains("only");
  }

  @Test
  void followsMetaRefreshUpToALimit() {
    Browser browser = browser();
    browser.refreshLimit(2);
    browser.go(at("/refresh"));
    assertThat(browser.view().url()).isEqualTo(at("/target?by=refresh"));
    browser.go(at("/refresh-later"));
    assertThat(browser.view().url()).isEqualTo(at("/refresh-later"));
  }

  @Test
  void leavesMetaRefreshAloneWhenToldTo() {
    assumeThat(can(Ability.NO_SCRIPTS)).isTrue();
    Browser browser = browser();
    browser.refreshLimit(-1);
    browser.go(at("/refresh"));
    assertThat(browser.view().url()).isEqualTo(at("/refresh"));
  }

  @Test
  void keepsCookiesUntilCleared() {
    Browser browser = browser();
    browser.go(at("/cookie"));
    assertThat(browser.cookies()).hasSize(1).first().asString().startsWith("pig=pink");
    browser.go(at("/echo"));
    assertThat(echoed(browser)).containsIgnoringCase("cookie: pig=pink");
    browser.clearCookies();
    assertThat(browser.cookies()).isEmpty();
    browser.go(at("/echo"));
    assertThat(echoed(browser)).doesNotContain("pig=pink");
  }

  @Test
  void knowsNothingOfABrowserBefore() {
    Browser first = browser();
    first.go(at("/cookie"));
    Browser second = browser();
    second.go(at("/echo"));
    assertThat(echoed(second)).doesNotContain("pig=pink");
  }

  @Test
  void sendsHeaders() {
    Browser browser = browser();
    browser.headers(
        List.of(
            new Check.Header("User-Agent", "Jiggety tests"), new Check.Header("X-Pig", "pink")));
    browser.go(at("/echo"));
    assertThat(echoed(browser)).contains("User-agent: Jiggety tests").contains("X-pig: pink");
    browser.headers(List.of());
    browser.go(at("/echo?2"));
    assertThat(echoed(browser)).doesNotContain("X-pig").doesNotContain("Jiggety tests");
  }

  @Test
  void logsInWhereAskedTo() {
    Browser browser = browser();
    browser.go(at("/private"));
    assertThat(browser.view().status()).isEqualTo(401);
    browser.authenticate("", at("/"), "jack", "fat pig");
    browser.go(at("/private"));
    assertThat(browser.view().title()).isEqualTo("Inside");
  }

  @Test
  void keepsThePasswordFromOtherRealms() {
    assumeThat(can(Ability.REALM)).isTrue();
    Browser browser = browser();
    browser.authenticate("Another sty", at("/"), "jack", "fat pig");
    browser.go(at("/private"));
    assertThat(browser.view().status()).isEqualTo(401);
    browser.authenticate("The sty", at("/"), "jack", "fat pig");
    browser.go(at("/private"));
    assertThat(browser.view().status()).isEqualTo(200);
  }

  @Test
  void keepsThePasswordFromOtherSites() throws IOException {
    ContractSite other = closing(ContractSite.open());
    Browser browser = browser();
    browser.authenticate("", at("/"), "jack", "fat pig");
    browser.go(other.url("/private"));
    assertThat(browser.view().status()).isEqualTo(401);
  }

  @Test
  void countsTheDaysOfTheCertificate() throws IOException {
    ContractSite secure = closing(ContractSite.open(TestCertificates.good(20)));
    Browser browser = browser(trusting(), false, Duration.ofSeconds(30));
    browser.go(secure.url("/simple"));
    assertThat(browser.view().title()).isEqualTo("A simple page");
    if (can(Ability.CERTIFICATE)) {
      assertThat(browser.certificateDays()).hasValue(20);
    }
  }
}
