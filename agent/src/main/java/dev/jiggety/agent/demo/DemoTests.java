package dev.jiggety.agent.demo;

import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.Engine;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The tests that the demo sets on its sample shop. */
final class DemoTests {
  private static final Retries QUICK = new Retries(1, Duration.ofMillis(200));

  private DemoTests() {}

  static List<TestDefinition> on(URI shop) {
    String url = shop.toString();
    return List.of(
        page("shop-home", "Shop: home page", url + "/", 3).degraded(totalOver(250)).build(),
        page("shop-home-content", "Shop: home page says what is on offer", url + "/", 5)
            .assertions(List.of(status("200"), body("fat pig")))
            .build(),
        page("shop-product", "Shop: product page", url + "/product", 3)
            .degraded(totalOver(300))
            .assertions(List.of(status("200"), body("In stock")))
            .build(),
        page("shop-product-thrice", "Shop: product page, three samples a run", url + "/product", 6)
            .samples(3)
            .degraded(totalOver(300))
            .build(),
        page("shop-search", "Shop: search", url + "/search?q=pig", 3)
            .degraded(totalOver(400))
            .assertions(List.of(status("200"), body("results for pig")))
            .build(),
        login(url),
        page("shop-pay", "Shop: checkout page", url + "/checkout", 4)
            .assertions(List.of(status("200"), body("Pay now")))
            .build(),
        checkout(url),
        page("shop-stock", "Shop: stock interface", url + "/api/stock", 3)
            .assertions(List.of(status("200"), isJson(), matches("\"stock\":\\d+")))
            .build(),
        page("shop-old-link", "Shop: the old address still leads home", url + "/old-home", 5)
            .build(),
        page("shop-missing", "Shop: an unknown page is a 404", url + "/no-such-page", 10)
            .schedule(new Schedule.Cron("@every 10s", ZoneOffset.UTC))
            .assertions(List.of(status("404")))
            .build());
  }

  private static TestDefinition login(String url) {
    HttpRequest request =
        HttpRequest.get(url + "/login")
            .withMethod("POST")
            .withBody(
                new HttpBody.Form(
                    List.of(
                        new HttpBody.Field("user", "jack"), new HttpBody.Field("pail", "water"))));
    return page("shop-login", "Shop: log in", url, 4)
        .check(Check.Http.of(request))
        .assertions(List.of(status("200"), body("logged in")))
        .build();
  }

  /** All of it as a customer does it; the file docs/examples/shop-checkout.yaml is the same. */
  private static TestDefinition checkout(String url) {
    String source =
        """
        step "log in"
        go ${shop}/login
        fv login user jack
        fv login pail $pail
        submit
        find "Hello, Jack"

        step "search"
        follow Home
        fv search q pig
        submit
        find "results for pig"

        step "check out"
        fv fat-pig count 2
        submit
        title "The Jig Shop"
        follow "Check out"
        fv pay gift on
        submit
        find "Thank you, Jack"
        find "2 × a fat pig"
        """;
    Check.Script script =
        new Check.Script(
            source,
            Map.of("shop", url, "pail", ShopPages.PASSWORD),
            Engine.HTMLUNIT,
            false,
            true,
            Connection.DEFAULT);
    return page("shop-checkout", "Shop: log in, search, check out", url, 10)
        .check(script)
        .timeout(Duration.ofSeconds(8))
        .build();
  }

  private static TestDefinition.Builder page(String id, String name, String url, int seconds) {
    return TestDefinition.builder(id, Check.Http.get(url))
        .name(name)
        .tags(List.of("shop"))
        .schedule(new Schedule.Every(Duration.ofSeconds(seconds)))
        .timeout(Duration.ofSeconds(1))
        .retries(QUICK);
  }

  private static Degraded totalOver(long millis) {
    return new Degraded(Duration.ofMillis(millis), Map.of());
  }

  private static Assertion status(String expected) {
    return Assertion.that(Target.STATUS, Operator.IN, expected);
  }

  private static Assertion body(String text) {
    return Assertion.that(Target.BODY, Operator.CONTAINS, text);
  }

  private static Assertion matches(String pattern) {
    return Assertion.that(Target.BODY, Operator.MATCHES, pattern);
  }

  private static Assertion isJson() {
    return new Assertion(Target.HEADER, "content-type", Operator.CONTAINS, false, "json");
  }
}
