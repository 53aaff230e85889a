package dev.jiggety.desktop.view.editor.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.document.TestDocument;
import dev.jiggety.document.yaml.TestText;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Capture;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.Engine;
import dev.jiggety.model.HttpAuthentication;
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
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a test says, the form holds all of it, right or wrong. */
class FormRoundTripTest {
  @Property(tries = 500)
  void whatGoesIntoTheFormComesOutOfIt(@ForAll("tests") TestDefinition test) {
    TestForm form = new TestForm();
    form.fill(test);
    assertThat(form.json()).isEqualTo(TestDocument.TYPE.writePlain(test));
    assertThat(FormReader.read(form.json()).test()).isEqualTo(test);
  }

  @Property(tries = 300)
  void theSourceSaysTheSameAsTheForm(@ForAll("tests") TestDefinition test) {
    TestForm form = new TestForm();
    form.fill(TestText.parse(TestYaml.write(test)).json().orElseThrow());
    assertThat(FormReader.read(form.json()).test()).isEqualTo(test);
  }

  @Property(tries = 300)
  void nothingIsLeftOfWhatTheFormShowedBefore(
      @ForAll("tests") TestDefinition before, @ForAll("tests") TestDefinition after) {
    TestForm form = new TestForm();
    form.fill(before);
    form.fill(after);
    assertThat(form.json()).isEqualTo(TestDocument.TYPE.writePlain(after));
  }

  @Example
  void whatNobodyKnowsStaysAndIsSaid() {
    TestForm form = new TestForm();
    JsonObject odd =
        JsonParser.parseString(
                """
                {"id": "a", "colour": "green", "http": {"url": "http://a/", "speed": 3,
                 "body": "x", "json": {}, "headers": [{"name": "A", "value": "b", "odd": 1}]},
                 "schedule": {"every": "1m", "cron": "* * * * *"}}\
                """)
            .getAsJsonObject();
    form.fill(odd);
    JsonObject json = form.json();
    assertThat(json.get("colour").getAsString()).isEqualTo("green");
    assertThat(json.getAsJsonObject("http").get("speed").getAsInt()).isEqualTo(3);
    assertThat(FormReader.read(json).problems())
        .containsKeys("colour", "http.speed", "http.json", "http.headers[0].odd", "schedule");
  }

  @Example
  void whatIsTypedWrongIsNamedAtItsPlaceAndTheRestIsRead() {
    TestForm form = new TestForm();
    form.fill(NewTests.blank());
    form.text("name").set("Shop");
    form.text("id").set("shop");
    form.text("http.url").set("http://127.0.0.1/");
    form.text("timeout").set("soon");
    form.text("samples").set("many");
    form.addTo("http.headers").text("name").set("a b");
    FormReader.Reading read = FormReader.read(form.json());
    assertThat(read.problems()).containsOnlyKeys("timeout", "samples", "http.headers[0].name");
    assertThat(read.test().name()).isEqualTo("Shop");
    form.text("timeout").set("");
    form.text("samples").set(" 3 ");
    form.rows("http.headers").getFirst().remove();
    read = FormReader.read(form.json());
    assertThat(read.isFine()).isTrue();
    assertThat(read.test().timeout()).as("empty means the usual").isEqualTo(Duration.ofSeconds(10));
    assertThat(read.test().samples()).isEqualTo(3);
  }

  @Example
  void theSettingsOfAnotherKindAreKeptWhileSomebodyLooksAtThisOne() {
    TestForm form = new TestForm();
    form.fill(NewTests.blank());
    form.text("http.url").set("http://127.0.0.1/shop");
    form.kind().set("tcp");
    assertThat(form.json().has("http")).isFalse();
    assertThat(FormReader.read(form.json()).problems()).containsKeys("tcp.host", "tcp.port");
    form.kind().set("http");
    assertThat(form.json().getAsJsonObject("http").get("url").getAsString())
        .isEqualTo("http://127.0.0.1/shop");
  }

  @Provide
  Arbitrary<TestDefinition> tests() {
    return Combinators.combine(
            Arbitraries.oneOf(https(), others()),
            texts(),
            tags(),
            schedules(),
            asserts().list().ofMaxSize(3),
            Combinators.combine(tags(), tags()).as(Placement::new),
            Combinators.combine(durations(), Arbitraries.integers().between(0, 30))
                .as((delay, count) -> new Retries(count, delay)),
            Combinators.combine(quorums(), degraded(), durations(), Arbitraries.of(true, false))
                .as(Rest::new))
        .as((check, name, tags, schedule, asserts, where, retries, rest) ->
            TestDefinition.builder("a", check)
                .name(name)
                .tags(tags)
                .depends(tags)
                .schedule(schedule)
                .assertions(asserts)
                .where(where)
                .retries(retries)
                .samples(retries.count())
                .quorum(rest.quorum())
                .degraded(rest.degraded())
                .timeout(rest.timeout())
                .active(rest.active())
                .build());
  }

  private record Rest(Quorum quorum, Degraded degraded, Duration timeout, boolean active) {}

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().withChars(" \n\t:-#'\"ab1.,[]{}|>&*!%@?\\=~$üß").ofMaxLength(9);
  }

  private static Arbitrary<NavigableSet<String>> tags() {
    return texts().filter(it -> !it.isEmpty()).set().ofMaxSize(3).map(TreeSet::new);
  }

  private static Arbitrary<Duration> durations() {
    return Arbitraries.longs().between(0, 200_000_000).map(Duration::ofMillis);
  }

  private static Arbitrary<Schedule> schedules() {
    return Arbitraries.oneOf(
        durations().map(Schedule.Every::new),
        Combinators.combine(texts(), Arbitraries.of("UTC", "Europe/Berlin").map(ZoneId::of))
            .as(Schedule.Cron::new));
  }

  private static Arbitrary<Quorum> quorums() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 9).map(Quorum.AtLeast::new),
        Arbitraries.integers().between(1, 100).map(Quorum.Percent::new));
  }

  private static Arbitrary<Degraded> degraded() {
    return Combinators.combine(
            durations().injectNull(0.5),
            durations(),
            Combinators.combine(durations(), durations())
                .as((over, limit) -> new Degraded.Percentile(90, over, limit))
                .injectNull(0.5))
        .as((total, wait, percentile) -> new Degraded(total, Map.of(Phase.WAIT, wait), percentile));
  }

  private static Arbitrary<Assertion> asserts() {
    return Combinators.combine(
            Arbitraries.of(Target.class).filter(it -> it != Target.SCHEMA),
            texts(),
            Arbitraries.of(Operator.class),
            Arbitraries.of(true, false),
            texts())
        .as(Assertion::new);
  }

  private static Arbitrary<Connection> connections() {
    return Combinators.combine(
            Arbitraries.of(Connection.Version.class),
            Arbitraries.of(Connection.Family.class),
            texts().injectNull(0.5),
            texts().injectNull(0.5))
        .as((version, family, one, other) ->
            new Connection(version, family, one, other, one, other, one, other));
  }

  private static Arbitrary<HttpBody> bodies() {
    return Arbitraries.oneOf(
        Arbitraries.just(HttpBody.NONE),
        texts().map(HttpBody.Text::new),
        Arbitraries.of("{\"a\": 1}", "[1,2]", "{\"a\":${b}}", "7").map(HttpBody.Json::new),
        Combinators.combine(texts(), texts())
            .as(HttpBody.Field::new)
            .list()
            .ofMaxSize(2)
            .map(HttpBody.Form::new),
        Combinators.combine(texts(), texts().injectNull(0.5), texts(), Arbitraries.of(true, false))
            .as((name, file, content, binary) ->
                new HttpBody.Part(name, file, file, content, binary))
            .list()
            .ofMaxSize(2)
            .map(HttpBody.Multipart::new));
  }

  private static Arbitrary<HttpRequest> requests() {
    return Combinators.combine(
            Arbitraries.of("GET", "POST"),
            texts(),
            Combinators.combine(texts(), texts()).as(Check.Header::new).list().ofMaxSize(2),
            bodies(),
            Arbitraries.oneOf(
                Arbitraries.just(HttpAuthentication.NONE),
                texts().map(HttpAuthentication.Bearer::new),
                Combinators.combine(texts(), texts()).as(HttpAuthentication.Basic::new)),
            Combinators.combine(
                    texts(), Arbitraries.of(Target.JSON, Target.HEADER), texts(), flags())
                .as(Capture::new)
                .list()
                .ofMaxSize(2))
        .as(HttpRequest::new);
  }

  private static Arbitrary<Boolean> flags() {
    return Arbitraries.of(true, false);
  }

  private static Arbitrary<Check> https() {
    return Combinators.combine(
            requests(),
            Combinators.combine(texts(), requests(), asserts().list().ofMaxSize(1))
                .as(Check.Before::new)
                .list()
                .ofMaxSize(2),
            connections(),
            flags(),
            Arbitraries.longs().between(1, 1L << 30))
        .as((request, before, connection, follow, limit) ->
            new Check.Http(request, before, connection, new Check.Redirects(follow, 7), limit));
  }

  private static Arbitrary<Check> others() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4), texts(), texts().injectNull(0.5), connections())
        .as((which, text, other, connection) ->
            switch (which) {
              case 0 ->
                  new Check.Script(
                      text, Map.of("b", text, "a", ""), Engine.CHROMIUM, true, false, connection);
              case 1 ->
                  new Check.Page(
                      text, Engine.HTMLUNIT, 1280, 700, Duration.ofMillis(5), connection);
              case 2 -> new Check.Tcp(text, 443, other, text, true, connection);
              case 3 -> new Check.Tls(text, 443, other, connection);
              default -> new Check.Dns(text, Check.Dns.RecordType.MX, other);
            });
  }
}
