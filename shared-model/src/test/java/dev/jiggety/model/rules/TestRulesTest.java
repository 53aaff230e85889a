package dev.jiggety.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Problem;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.Engine;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestRulesTest {
  private static final TestDefinition FINE =
      TestDefinition.builder("home", Check.Http.get("https://shop.example/")).build();

  @Test
  void theDefaultsAreFine() {
    assertThat(TestRules.problems(FINE)).isEmpty();
    assertThat(TestRules.advice(FINE)).isEmpty();
    assertThat(Ids.NAME.matcher(FINE.id()).matches()).isTrue();
  }

  @Test
  void everyRangeIsChecked() {
    assertPlaces(test -> test.id("Home Page"), "id");
    assertPlaces(test -> test.id("-home"), "id");
    assertPlaces(test -> test.id("a".repeat(65)), "id");
    assertPlaces(test -> test.name(" "), "name");
    assertPlaces(test -> test.name("a\nb"), "name");
    assertPlaces(test -> test.tags(List.of("two words")), "tags");
    assertPlaces(test -> test.samples(0), "samples");
    assertPlaces(test -> test.samples(21), "samples");
    assertPlaces(test -> test.timeout(Duration.ofMillis(99)), "timeout");
    assertPlaces(test -> test.timeout(Duration.ofMillis(120_001)), "timeout");
    assertPlaces(test -> test.retries(new Retries(11, Duration.ZERO)), "retries.count");
    assertPlaces(test -> test.retries(new Retries(1, Duration.ofHours(1))), "retries.delay");
    assertPlaces(test -> test.quorum(new Quorum.AtLeast(0)), "quorum.nodes");
    assertPlaces(test -> test.quorum(new Quorum.Percent(101)), "quorum.percent");
    assertPlaces(test -> test.degraded(new Degraded(Duration.ZERO, Map.of())), "degraded.total");
    assertPlaces(
        test -> test.degraded(new Degraded(null, Map.of(Phase.WAIT, Duration.ZERO))),
        "degraded.wait");
    assertPlaces(
        test -> test.where(new Placement(new TreeSet<>(), new TreeSet<>(List.of("A B")))),
        "where.nodes");
    assertPlaces(
        test -> test.schedule(new Schedule.Every(Duration.ofMillis(999))), "schedule.every");
    assertPlaces(
        test -> test.schedule(new Schedule.Cron("0 0 31 2 *", ZoneId.of("UTC"))), "schedule.cron");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop.example",
        "ftp://shop.example/",
        "http://",
        "http:///path",
        "https://shop.example:99999/",
        "https://shop.example:x/",
        "https://shop.example/a b",
        "https://shop.example/\n"
      })
  void refusesWhatIsNoWebAddress(String url) {
    assertPlaces(test -> test.check(Check.Http.get(url)), "http.url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "HTTP://shop.example?q=1",
        "https://user:pass@shop.example/a%20b?c=d|e#f",
        "http://my_service:80/",
        "http://[::1]:8080/",
        "https://müller.example/"
      })
  void allowsWebAddresses(String url) {
    TestDefinition test = FINE.toBuilder().check(Check.Http.get(url)).build();
    assertThat(TestRules.problems(test)).isEmpty();
  }

  @Test
  void checksTheRequest() {
    assertPlaces(test -> test.check(http("get it", List.of(), null, 3)), "http.method");
    assertPlaces(test -> test.check(http("get", List.of(), null, 3)), "http.method");
    assertPlaces(test -> test.check(http("GET", List.of(), "x", 3)), "http.body");
    assertPlaces(test -> test.check(http("GET", List.of(), null, 21)), "http.redirects.max");
    assertPlaces(
        test -> test.check(http("GET", List.of(new Check.Header("a b", "c")), null, 3)),
        "http.headers[0].name");
    assertPlaces(
        test -> test.check(http("GET", List.of(new Check.Header("Content-Length", "3")), null, 3)),
        "http.headers[0].name");
    assertPlaces(
        test -> test.check(http("GET", List.of(new Check.Header("a", "b\r\nc: d")), null, 3)),
        "http.headers[0].value");
    assertPlaces(test -> test.check(http("POST", List.of(), "x", 3)));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "STATUS,,EQUALS,200,-",
        "STATUS,,IN,'200-299, 304',-",
        "STATUS,,IN,300-200,value",
        "STATUS,,EQUALS,200-299,value",
        "STATUS,,EQUALS,99,value",
        "STATUS,,CONTAINS,2,op",
        "STATUS,x,EQUALS,200,name",
        "HEADER,content-type,CONTAINS,html,-",
        "HEADER,,CONTAINS,html,name",
        "HEADER,server,EXISTS,,-",
        "HEADER,server,EXISTS,x,value",
        "BODY,,MATCHES,a+,-",
        "BODY,,MATCHES,(a,value",
        "BODY,,CONTAINS,,value",
        "BODY,,EQUALS,,-",
        "BODY,,LESS_THAN,3,op",
        "TOTAL,,LESS_THAN,800ms,-",
        "TOTAL,,LESS_THAN,800,value",
        "TOTAL,,LESS_THAN,0s,value",
        "PHASE,wait,LESS_THAN,1s,-",
        "PHASE,waiting,LESS_THAN,1s,name",
        "CERTIFICATE_DAYS,,GREATER_THAN,14,-",
        "CERTIFICATE_DAYS,,GREATER_THAN,soon,value"
      })
  void checksAssertions(Target target, String name, Operator operator, String value, String wrong) {
    Assertion assertion =
        new Assertion(
            target, name == null ? "" : name, operator, false, value == null ? "" : value);
    List<String> places =
        TestRules.problems(FINE.toBuilder().assertions(List.of(assertion)).build()).stream()
            .map(Problem::place)
            .toList();
    assertThat(places).isEqualTo(wrong == null ? List.of() : List.of("assert[0]." + wrong));
  }

  @Test
  void everyLineOfAScriptHasItsPlace() {
    TestDefinition test =
        TestDefinition.builder("home", Check.Script.of("go http://a/\nfnd x\ncode x")).build();
    assertThat(TestRules.problems(test))
        .extracting(Problem::place)
        .containsExactly("script.source:2:1", "script.source:3:6");
    assertThat(scriptProblems("# nothing")).containsExactly("script.source");
    assertThat(scriptProblems("echo a\n".repeat(501))).containsExactly("script.source");
    assertThat(scriptProblems("x".repeat(50_001))).containsExactly("script.source");
    assertThat(scriptProblems("fnd x\n".repeat(30))).hasSize(21);
    assertThat(scriptProblems("go http://a/\nfv 1 a $b")).containsExactly("script.source:2:8");
    assertThat(problems(script("go http://a/\nfv 1 a $b", Map.of("b", "x")))).isEmpty();
    assertThat(problems(script("go http://a/", Map.of("1b", "x", "b", "x".repeat(10_001)))))
        .containsExactly("script.variables.1b", "script.variables.b");
  }

  private static List<String> scriptProblems(String source) {
    return problems(Check.Script.of(source));
  }

  private static List<String> problems(Check check) {
    return TestRules.problems(TestDefinition.builder("home", check).build()).stream()
        .map(Problem::place)
        .toList();
  }

  private static Check script(String source, Map<String, String> variables) {
    return new Check.Script(source, variables, Engine.HTMLUNIT, false, true, Connection.DEFAULT);
  }

  @Test
  void advisesWhereRunsCanOverlap() {
    TestDefinition test =
        FINE.toBuilder().schedule(new Schedule.Every(Duration.ofSeconds(5))).build();
    assertThat(TestRules.problems(test)).isEmpty();
    assertThat(TestRules.advice(test)).extracting(Problem::place).containsExactly("timeout");
  }

  private static Check.Http http(
      String method, List<Check.Header> headers, String body, int redirects) {
    HttpRequest request =
        HttpRequest.get("http://shop.example/").withMethod(method).withHeaders(headers);
    return Check.Http.of(body == null ? request : request.withBody(new HttpBody.Text(body)))
        .withRedirects(new Check.Redirects(true, redirects));
  }

  private static void assertPlaces(UnaryOperator<TestDefinition.Builder> change, String... places) {
    List<Problem> problems = TestRules.problems(change.apply(FINE.toBuilder()).build());
    assertThat(problems).extracting(Problem::place).containsExactly(places);
  }
}
