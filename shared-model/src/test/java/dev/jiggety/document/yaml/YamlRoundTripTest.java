package dev.jiggety.document.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.jiggety.document.CanonicalJson;
import dev.jiggety.document.TestDocument;
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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;

class YamlRoundTripTest {

  @Property(tries = 300)
  void whatIsExportedAndAppliedIsExportedAgainByteForByte(@ForAll("tests") TestDefinition test) {
    String exported = TestYaml.write(test);
    JsonObject read = parse(exported);
    assertThat(TestDocument.TYPE.readStrictly(read)).isEqualTo(test);
    JsonObject document = TestDocument.TYPE.write(TestDocument.TYPE.readStrictly(read));
    assertThat(TestYaml.write(TestDocument.TYPE.read(document))).isEqualTo(exported);
  }

  @Property(tries = 1000)
  void everyTextComesBackAsItWas(@ForAll("texts") String text) {
    JsonObject object = new JsonObject();
    object.addProperty("text", text);
    object.addProperty(text, 1);
    String yaml = YamlText.write(object);
    assertThat(parse(yaml)).as(yaml).isEqualTo(object);
  }

  @Example
  void textsThatLookLikeSomethingElseComeBackToo() {
    for (String text :
        List.of(
            "true",
            "NULL",
            "~",
            "-",
            "- a",
            "? a",
            "0x1F",
            "0o7",
            "1e3",
            ".5",
            "+1",
            "1_000",
            "2026-11-21",
            "12:30",
            "a: b",
            "a #b",
            "#",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a",
            "'a'",
            "\"",
            "[a]",
            "{a}",
            "a,",
            "",
            " a",
            "a ",
            "a\n",
            "\na",
            "a\n\n",
            "a\n b",
            " a\nb",
            "a\r\nb",
            "a\tb\nc",
            "...",
            "---",
            "on",
            "=",
            "<<",
            "\u0085",
            "\u2028x",
            "\ufeff",
            "a:",
            ":a",
            "a\n---\nb")) {
      everyTextComesBackAsItWas(text);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30).filter(YamlRoundTripTest::isText),
        Arbitraries.strings().withChars(" \n\t:-#'\"ab1.,[]{}|>&*!%@?\\=~").ofMaxLength(12));
  }

  private static Check http(
      String method,
      String url,
      List<Check.Header> headers,
      @Nullable String body,
      boolean follow,
      int max) {
    HttpRequest request = HttpRequest.get(url).withMethod(method).withHeaders(headers);
    return Check.Http.of(body == null ? request : request.withBody(new HttpBody.Text(body)))
        .withRedirects(new Check.Redirects(follow, max));
  }

  /** A schema is JSON; everything else is a text. */
  private static Assertion assertion(
      Target target, String name, Operator operator, boolean negated, String expected) {
    JsonObject schema = new JsonObject();
    schema.addProperty("title", expected);
    return new Assertion(
        target,
        name,
        operator,
        negated,
        target == Target.SCHEMA ? CanonicalJson.write(schema) : expected);
  }

  @Provide
  Arbitrary<TestDefinition> tests() {
    Arbitrary<String> names =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(8);
    Arbitrary<Duration> durations =
        Arbitraries.longs().between(0, 200_000_000).map(Duration::ofMillis);
    Arbitrary<TreeSet<String>> tags =
        texts().filter(t -> !t.isEmpty()).set().ofMaxSize(3).map(TreeSet::new);
    Arbitrary<Check> scripts =
        Combinators.combine(
                texts(), texts(), Arbitraries.of(Engine.class), Arbitraries.of(true, false))
            .as((source, value, engine, flag) ->
                new Check.Script(
                    source, Map.of("a", value), engine, flag, !flag, Connection.DEFAULT));
    Arbitrary<Check> requests =
        Combinators.combine(
                Arbitraries.of("GET", "POST", "PUT"),
                texts(),
                Combinators.combine(texts(), texts()).as(Check.Header::new).list().ofMaxSize(2),
                texts().injectNull(0.5),
                Arbitraries.of(true, false),
                Arbitraries.integers().between(0, 20))
            .as(YamlRoundTripTest::http);
    Arbitrary<Check> checks = Arbitraries.oneOf(requests, scripts);
    Arbitrary<Schedule> schedules =
        Arbitraries.oneOf(
            durations.map(Schedule.Every::new),
            Combinators.combine(
                    texts(),
                    Arbitraries.of("UTC", "Europe/Berlin", "America/New_York").map(ZoneId::of))
                .as(Schedule.Cron::new));
    Arbitrary<Assertion> assertions =
        Combinators.combine(
                Arbitraries.of(Target.class),
                texts(),
                Arbitraries.of(Operator.class),
                Arbitraries.of(true, false),
                texts())
            .as(YamlRoundTripTest::assertion);
    Arbitrary<Quorum> quorums =
        Arbitraries.integers()
            .between(1, 100)
            .flatMap(n -> Arbitraries.of(new Quorum.AtLeast(n), new Quorum.Percent(n)));
    Arbitrary<Degraded> limits =
        Combinators.combine(durations.injectNull(0.5), durations)
            .as((total, wait) -> new Degraded(total, Map.of(Phase.WAIT, wait)));
    Arbitrary<TestDefinition.Builder> first =
        Combinators.combine(names, checks, texts(), tags, schedules, assertions.list().ofMaxSize(3))
            .as((id, check, name, some, schedule, all) ->
                TestDefinition.builder(id, check)
                    .name(name)
                    .tags(some)
                    .schedule(schedule)
                    .assertions(all));
    return Combinators.combine(
            first,
            durations,
            quorums,
            limits,
            tags,
            Arbitraries.integers().between(0, 9),
            Arbitraries.of(true, false))
        .as((builder, time, quorum, degraded, where, count, active) ->
            builder
                .timeout(time)
                .quorum(quorum)
                .degraded(degraded)
                .where(new Placement(where, new TreeSet<>()))
                .samples(count)
                .retries(new Retries(count, time))
                .active(active)
                .build());
  }

  private static JsonObject parse(String yaml) {
    var document = new Compose(LoadSettings.builder().build()).composeString(yaml).orElseThrow();
    YamlTree tree = new YamlTree(document);
    assertThat(tree.problems()).as(yaml).isEmpty();
    return tree.json().getAsJsonObject();
  }

  /** Half of a surrogate pair is no text, and no file can hold it. */
  private static boolean isText(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }
}
