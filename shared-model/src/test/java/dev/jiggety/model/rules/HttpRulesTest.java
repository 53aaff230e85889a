package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Capture;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Connection.Family;
import dev.jiggety.model.Connection.Version;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.TestDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRulesTest {
  private static final HttpRequest GET = HttpRequest.get("https://shop.example/");
  private static final HttpRequest POST = GET.withMethod("POST");
  private static final Capture TOKEN = new Capture("token", Target.JSON, "$.token", true);
  private static final String PEM = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";
  private static final String KEY = "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----";

  @Test
  void aTestThatLogsInFirstIsFine() {
    HttpRequest logIn = capturing(POST.withBody(new HttpBody.Json("{\"p\":\"${secret.p}\"}")));
    HttpRequest orders =
        HttpRequest.get("https://shop.example/${token}?a=${secret.a}&b=$${not_this}")
            .withHeaders(List.of(new Check.Header("Authorization", "Bearer ${token}")));
    assertThat(problems(http(orders, new Check.Before("log in", logIn, List.of())))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "${base}/x",
    "${base}",
    "https://${base}/",
    "https://shop.example:${base}/",
    "http://a${base}b/"
  })
  void aPartOfTheUrlMayBeCaptured(String url) {
    HttpRequest first = capturing(GET, new Capture("base", Target.BODY, "a", false));
    Check.Http http = http(HttpRequest.get(url), new Check.Before("a", first, List.of()));
    assertThat(problems(http)).isEmpty();
  }

  @Test
  void whatWasNotCapturedBeforeCannotBeUsed() {
    HttpRequest uses =
        POST.withBody(new HttpBody.Form(List.of(new HttpBody.Field("t", "${token}"))));
    assertThat(problems(http(uses)))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.place()).isEqualTo("http.form[0].value");
          assertThat(problem.message()).contains("${token} was not captured");
        });
    assertPlaces(http(capturing(uses)), "http.form[0].value"); // its own answer comes too late
    assertPlaces(http(GET, new Check.Before("a", uses, List.of())), "http.before[0].form[0].value");
  }

  @Test
  void stepsHaveNamesOfTheirOwn() {
    Check.Before step = new Check.Before("a", GET, List.of());
    assertPlaces(http(GET, step, step), "http.before[1].name");
    assertPlaces(http(GET, new Check.Before(" ", GET, List.of())), "http.before[0].name");
  }

  @Test
  void whatIsWrongInAStepIsToldWithItsPlace() {
    Assertion senseless = Assertion.that(Target.STATUS, Operator.EQUALS, "99");
    assertPlaces(
        http(GET, new Check.Before("a", HttpRequest.get("ftp://a/"), List.of(senseless))),
        "http.before[0].url",
        "http.before[0].assert[0].value");
  }

  @Test
  void bodies() {
    assertPlaces(http(GET.withBody(new HttpBody.Json("{}"))), "http.json");
    assertPlaces(http(POST.withBody(new HttpBody.Multipart(List.of()))), "http.parts");
    assertPlaces(http(POST.withBody(new HttpBody.Text("x".repeat(300_000)))), "http.body");
    assertPlaces(
        http(POST.withBody(new HttpBody.Form(List.of(new HttpBody.Field("", "x"))))),
        "http.form[0].name");
    assertPlaces(
        http(
            POST.withBody(
                new HttpBody.Multipart(
                    List.of(
                        new HttpBody.Part("a", "b", "png", "x", false),
                        new HttpBody.Part("a", null, null, "x", true))))),
        "http.parts[0].type",
        "http.parts[1].base64");
  }

  @Test
  void logIn() {
    assertPlaces(http(with(new HttpAuthentication.Basic("a:b", "c"))), "http.auth.basic.user");
    assertPlaces(
        http(
            with(new HttpAuthentication.Bearer("t"))
                .withHeaders(List.of(new Check.Header("authorization", "x")))),
        "http.auth");
  }

  @Test
  void captures() {
    assertPlaces(
        http(
            capturing(
                GET,
                TOKEN,
                TOKEN,
                new Capture("1a", Target.BODY, "x", false),
                new Capture("b", Target.BODY, "", false))),
        "http.capture[1].name",
        "http.capture[2].name",
        "http.capture[3].expression");
  }

  @Test
  void bodyLimit() {
    assertPlaces(
        new Check.Http(GET, List.of(), Connection.DEFAULT, Check.Redirects.DEFAULT, 0),
        "http.body-limit");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "ANY,-,-,-,-",
        "ANY,192.0.2.1,-,-,-",
        "IPV6,2001:db8::1,-,-,-",
        "IPV4,2001:db8::1,-,-,address",
        "ANY,shop.example,-,-,address",
        "ANY,192.0.2.1,192.0.2.53,-,resolver",
        "ANY,-,192.0.2.53,-,-",
        "ANY,-,2001:db8::53,-,-",
        "ANY,-,'[2001:db8::53]:5353',-,-",
        "ANY,-,ns.example:99999,-,resolver",
        "ANY,-,ns example,-,resolver",
        "ANY,-,${secret.ns},-,-",
        "ANY,-,-,http://proxy.example:3128,-",
        "IPV4,-,-,http://proxy.example:3128,proxy",
        "IPV4,-,-,socks5://ann:${secret.p}@proxy.example:1080,-",
        "ANY,-,-,http://proxy.example,proxy",
        "ANY,-,-,https://proxy.example:3128,proxy",
        "ANY,-,-,http://proxy.example:${secret.port},-"
      })
  void connections(Family family, String address, String resolver, String proxy, String wrong) {
    Connection connection =
        new Connection(Version.AUTO, family, address, resolver, proxy, null, null, null);
    assertPlaces(
        Check.Http.of(GET).withConnection(connection),
        wrong == null ? new String[0] : new String[] {"http.connection." + wrong});
  }

  @ParameterizedTest
  @CsvSource({"https://192.0.2.7/,true", "https://[::1]:8443/,true", "https://7.example/,false"})
  void anAddressTakesThePlaceOfANameOnly(String url, boolean wrong) {
    Connection connection =
        new Connection(Version.AUTO, Family.ANY, "192.0.2.1", null, null, null, null, null);
    assertPlaces(
        Check.Http.get(url).withConnection(connection),
        wrong ? new String[] {"http.connection.address"} : new String[0]);
  }

  @Test
  void certificatesAndKeys() {
    assertPlaces(certificates(PEM, PEM, KEY));
    assertPlaces(certificates(null, PEM, "${secret.key}"));
    assertPlaces(certificates(null, PEM, null), "http.connection.client-key");
    assertPlaces(certificates(null, null, KEY), "http.connection.client-certificate");
    assertPlaces(
        certificates("x", "y", PEM),
        "http.connection.authority",
        "http.connection.client-certificate",
        "http.connection.client-key");
    assertPlaces(certificates(null, PEM, "${captured}"), "http.connection");
  }

  private static Check.Http certificates(String authority, String certificate, String key) {
    return Check.Http.of(GET)
        .withConnection(
            new Connection(
                Version.AUTO, Family.ANY, null, null, null, authority, certificate, key));
  }

  private static HttpRequest with(HttpAuthentication authentication) {
    return new HttpRequest("GET", GET.url(), List.of(), HttpBody.NONE, authentication, List.of());
  }

  private static HttpRequest capturing(HttpRequest request) {
    return capturing(request, TOKEN);
  }

  private static HttpRequest capturing(HttpRequest request, Capture... captures) {
    return new HttpRequest(
        request.method(),
        request.url(),
        request.headers(),
        request.body(),
        request.authentication(),
        List.of(captures));
  }

  private static Check.Http http(HttpRequest request, Check.Before... before) {
    return new Check.Http(
        request,
        List.of(before),
        Connection.DEFAULT,
        Check.Redirects.DEFAULT,
        Check.Http.DEFAULT_BODY_LIMIT);
  }

  private static void assertPlaces(Check.Http http, String... places) {
    assertThat(problems(http)).extracting(Problem::place).containsExactlyInAnyOrder(places);
  }

  private static List<Problem> problems(Check.Http http) {
    return TestRules.problems(TestDefinition.builder("shop", http).build());
  }
}
