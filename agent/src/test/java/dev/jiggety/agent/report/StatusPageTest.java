package dev.jiggety.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.model.Incident.Kind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  private static final String EVIL =
      "\"><script>alert(1)</script>&{{title}}{{{x}}}]]>\u202Egnp\u0007<!--";

  @Test
  void itShowsWhatIsPublicAndNothingElse() {
    Map<String, String> site = texts(Samples.shop());

    assertThat(site)
        .containsOnlyKeys(
            "index.html",
            "incidents.html",
            "group-shop.html",
            "group-apis.html",
            "group-other-services.html",
            "atom.xml",
            "rss.xml",
            "status.json");
    assertThat(site.values())
        .allSatisfy(text ->
            assertThat(text)
                .doesNotContain("Intranet", "intranet", "internal", "s3cret")
                .doesNotContain("node-7", "10.1.2.3", "refused", "incident:")
                .doesNotContain("shop-home", "api-orders"));
  }

  @Test
  void nothingIsShownUnlessItIsTagged() {
    Samples shop = new Samples();
    shop.test("a", "Secret project", Instant.EPOCH, Samples.NOW, 100, "internal");
    Map<String, String> site = texts(shop);

    assertThat(site.values()).noneMatch(text -> text.contains("Secret project"));
    assertThat(page(site, "index.html").text())
        .contains("There is no current data")
        .contains("No service is shown here yet");
  }

  @Test
  void allAndAddressesAreShownWhereSomebodyAsksForThat() {
    Samples shop = Samples.shop();
    PublicChoice open = new PublicChoice(null, List.of(), true);
    String index =
        texts(
                new StatusPage(Samples.OPTIONS)
                    .files(shop.reader(open).read(shop.inventory(), Samples.NOW), Samples.NOW))
            .get("index.html");

    assertThat(index).contains("Intranet wiki", "blog.internal.example/x").doesNotContain("s3cret");
  }

  @Test
  void statesHeadlinesAndIncidentsStandInThePage() {
    Document index = page(texts(Samples.shop()), "index.html");

    assertThat(index.select(".banner h2").text()).isEqualTo("Checkout is down");
    assertThat(state(index, "checkout")).startsWith("Down").contains("since 2026-10-21 13:41 UTC");
    assertThat(state(index, "home-page")).isEqualTo("Operational");
    assertThat(state(index, "partner-api")).isEqualTo("No current data");
    assertThat(index.select("h2#open + ul h3").eachText())
        .containsExactly("Checkout: outage", "Search: slow");
    assertThat(index.select("h2#maintenance + ul").text())
        .contains("Move to the new data centre", "2026-10-23 22:00 UTC", "Checkout, Home page");
    assertThat(index.select("h2#past + ul h3").eachText())
        .as("of two weeks")
        .containsExactly("Home page: outage");
    assertThat(page(texts(Samples.shop()), "incidents.html").select("section > h2").eachText())
        .containsExactly("Open", "2026-10", "2026-09", "2026-08");
  }

  @Test
  void barsHaveNinetyDaysAndTheSameInWords() {
    Element orders = page(texts(Samples.shop()), "index.html").getElementById("orders-api");

    assertThat(orders.select("svg g")).hasSize(90);
    assertThat(orders.select("svg g:has(rect.down)").eachText())
        .containsExactly(
            "2026-09-29: 99.30 % available, down 10 min",
            "2026-09-30: 98.61 % available, down 20 min");
    assertThat(orders.select("svg").attr("role")).isEqualTo("img");
    assertThat(orders.select("svg").attr("aria-label"))
        .isEqualTo("90 days: available 99.96 %; 2 days with an outage; 27 days without data.");
    assertThat(orders.select("details li").eachText())
        .containsExactly(
            "2026-09-30 98.61 % available, down 20 min",
            "2026-09-29 99.30 % available, down 10 min");
  }

  @Test
  void pagesHaveWhatReadersOfScreensNeed() {
    Map<String, String> site = texts(Samples.shop());
    for (String name : List.of("index.html", "incidents.html", "group-shop.html")) {
      Document page = page(site, name);
      assertThat(page.select("html[lang=en]")).hasSize(1);
      assertThat(page.select("h1")).hasSize(1);
      assertThat(page.select("main#content")).hasSize(1);
      assertThat(page.select("body > a").first().attr("href")).isEqualTo("#content");
      assertThat(page.select("nav[aria-label] a[aria-current=page]").size())
          .isEqualTo(name.startsWith("group") ? 0 : 1);
      assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
      int level = 1;
      for (Element heading : page.select("h1, h2, h3")) {
        int next = heading.tagName().charAt(1) - '0';
        assertThat(next).as("no level of headings is left out").isLessThanOrEqualTo(level + 1);
        level = next;
      }
      page.select("[aria-labelledby]")
          .forEach(
              part -> assertThat(page.getElementById(part.attr("aria-labelledby"))).isNotNull());
    }
  }

  @Test
  void pagesNeedNothingFromAnywhereAndRunNothing() {
    for (String name : List.of("index.html", "incidents.html", "group-shop.html")) {
      Document page = page(texts(Samples.shop()), name);
      assertThat(page.select("script, iframe, object, embed, form, img, [style]")).isEmpty();
      assertThat(page.select("link[href], a[href]").eachAttr("href"))
          .allMatch(href -> href.matches("#.*|data:image/svg.*|[a-z-]+\\.(html|xml|json)(#.*)?"));
      assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
          .startsWith("default-src 'none'; style-src 'sha256-");
    }
  }

  @Test
  void hostileNamesAreTextAndNothingElse() throws Exception {
    Samples shop = new Samples();
    shop.test("evil", EVIL, Samples.NOW.minusSeconds(86_400), Samples.NOW, 100, "public");
    shop.test("twin", EVIL, Samples.NOW.minusSeconds(86_400), Samples.NOW, 100, "public", EVIL);
    shop.incident(Kind.DOWN, "evil", "2026-10-21T13:00:00Z", "2026-10-21T13:10:00Z");
    shop.window(EVIL, "2026-10-22T00:00:00Z", "2026-10-22T01:00:00Z", Set.of(), Set.of());
    PublicChoice choice =
        new PublicChoice("public", List.of(new PublicChoice.Group(EVIL, EVIL)), false);
    Map<String, String> site =
        texts(
            new StatusPage(new SiteOptions(EVIL, "https://status.example/", Duration.ZERO))
                .files(shop.reader(choice).read(shop.inventory(), Samples.NOW), Samples.NOW));

    for (String name : site.keySet().stream().filter(n -> n.endsWith(".html")).toList()) {
      Document page = page(site, name);
      assertThat(page.select("script")).as(name).isEmpty();
      assertThat(page.select("h1").text()).as(name).isNotEmpty();
      assertThat(site.get(name)).doesNotContain("\u202E").doesNotContain("\u0007");
    }
    assertThat(page(site, "index.html").select("h1").text())
        .contains("<script>alert(1)</script>", "{{title}}");
    assertThat(page(site, "index.html").select("h3").eachText()).anyMatch(t -> t.contains("<!--"));
    assertThat(xml(site.get("atom.xml")).getElementsByTagName("entry").getLength()).isEqualTo(1);
    assertThat(xml(site.get("rss.xml")).getElementsByTagName("item").getLength()).isEqualTo(2);
    assertThat(site.keySet()).allMatch(file -> file.matches("[a-z0-9-]+\\.[a-z]+"));
  }

  @Test
  void feedsTellOfBeginningsAndEnds() throws Exception {
    Map<String, String> site = texts(Samples.shop());
    org.w3c.dom.Document atom = xml(site.get("atom.xml"));
    org.w3c.dom.Document rss = xml(site.get("rss.xml"));

    assertThat(atom.getDocumentElement().getNamespaceURI())
        .isEqualTo("http://www.w3.org/2005/Atom");
    assertThat(atom.getElementsByTagName("entry").getLength()).isEqualTo(7);
    assertThat(atom.getElementsByTagName("updated").item(0).getTextContent())
        .isEqualTo("2026-10-21T13:41:00Z");
    assertThat(site.get("atom.xml")).contains("href=\"https://status.example/incidents.html#i-");
    assertThat(rss.getElementsByTagName("item").getLength()).as("2 open, 5 over").isEqualTo(12);
    assertThat(rss.getElementsByTagName("pubDate").item(0).getTextContent())
        .isEqualTo("Wed, 21 Oct 2026 13:41:00 GMT");
    assertThat(text(rss, "guid")).doesNotHaveDuplicates();
    assertThat(texts(Samples.shop()).get("atom.xml"))
        .as("the same incidents make the same feed")
        .isEqualTo(site.get("atom.xml"));
  }

  @Test
  void jsonSaysTheSame() {
    JsonObject json =
        JsonParser.parseString(texts(Samples.shop()).get("status.json")).getAsJsonObject();

    assertThat(json.get("state").getAsString()).isEqualTo("down");
    assertThat(json.get("stale").getAsBoolean()).isFalse();
    assertThat(json.getAsJsonArray("groups")).hasSize(3);
    JsonObject checkout =
        json.getAsJsonArray("groups")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("services")
            .get(0)
            .getAsJsonObject();
    assertThat(checkout.get("name").getAsString()).isEqualTo("Checkout");
    assertThat(checkout.get("since").getAsString()).isEqualTo("2026-10-21T13:41:00Z");
    assertThat(checkout.getAsJsonArray("days")).hasSize(90);
    assertThat(json.getAsJsonArray("incidents")).hasSize(7);
  }

  @Test
  void aPageThatIsNotMadeAnewSaysSo() {
    Samples shop = Samples.shop();
    var picture = shop.reader(Samples.GROUPS).read(shop.inventory(), Samples.NOW);
    StatusPage page = new StatusPage(Samples.OPTIONS);
    Function<Duration, String> after =
        age ->
            page(texts(page.files(picture, Samples.NOW.plus(age))), "index.html")
                .select(".note")
                .text();

    assertThat(after.apply(Duration.ofMinutes(2))).isEmpty();
    assertThat(after.apply(Duration.ofMinutes(4)))
        .isEqualTo(
            "This page is out of date: since 2026-10-21 14:05 UTC there has been no news of how the"
                + " services are.");
  }

  @Test
  void oldMeasurementsAreCalledOld() {
    Samples shop = new Samples();
    shop.test("a", "Shop", Instant.EPOCH, Samples.NOW.minusSeconds(1200), 100, "public");
    Document index = page(texts(shop), "index.html");

    assertThat(index.select(".note").text())
        .isEqualTo("The latest measurements are of 2026-10-21 13:45 UTC.");
    assertThat(state(index, "shop")).isEqualTo("No current data");
  }

  private static String state(Document page, String slug) {
    return page.getElementById(slug).select(".chip").first().text();
  }

  private static Document page(Map<String, String> site, String name) {
    return Jsoup.parse(site.get(name));
  }

  private static Map<String, String> texts(Samples shop) {
    return texts(shop.files());
  }

  private static Map<String, String> texts(List<SiteFile> files) {
    return files.stream()
        .collect(
            Collectors.toMap(
                SiteFile::name, file -> new String(file.content(), StandardCharsets.UTF_8)));
  }

  private static List<String> text(org.w3c.dom.Document xml, String tag) {
    var nodes = xml.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  private static org.w3c.dom.Document xml(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
