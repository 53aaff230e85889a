package dev.jiggety.agent.probe.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jiggety.agent.probe.Probes;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Hop;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScriptProbeTest {
  private static final String AT = FakeSite.AT;

  private final Scripts scripts = new Scripts();

  @Test
  void isFoundAndRunsApart() {
    assertThat(Probes.find("script"))
        .hasValueSatisfying(probe -> {
          assertThat(probe).isInstanceOf(ScriptProbe.class);
          assertThat(probe.isolated()).isTrue();
        });
  }

  @Test
  void eachLineIsAStepWithItsTime() {
    Sample sample =
        scripts.run("go " + AT + "/", "  sleep 0.5 # a while", "follow Log", "title Log");
    assertThat(sample.failure()).isNull();
    assertThat(sample.total()).isEqualTo(Duration.ofMillis(520));
    assertThat(sample.phases().time(Phase.WAIT)).contains(Duration.ofMillis(20));
    assertThat(sample.status()).isEqualTo(200);
    assertThat(sample.bytes()).isEqualTo(1000);
    assertThat(sample.hops()).extracting(Hop::url).containsExactly(AT + "/", AT + "/login");
    assertThat(sample.findings().evidence()).isNull();
    assertThat(sample.findings().steps())
        .extracting(Step::name, Step::line, Step::offset, Step::total, s -> s.phases().sum())
        .containsExactly(
            tuple("go " + AT + "/", 1, ms(0), ms(10), ms(10)),
            tuple("sleep 0.5", 2, ms(10), ms(500), ms(0)),
            tuple("follow Log", 3, ms(510), ms(10), ms(10)),
            tuple("title Log", 4, ms(520), ms(0), ms(0)));
  }

  @Test
  void namedStepsGroupTheirLines() {
    Sample sample =
        scripts.run(
            "go " + AT + "/",
            "set_local what in",
            "step \"log ${what}\"",
            "go /login",
            "echo one",
            "sleep",
            "echo two",
            "step pay",
            "go /order",
            "find nothing");
    assertThat(sample.findings().steps())
        .extracting(Step::name, Step::line, Step::offset, Step::total, s -> s.phases().sum())
        .containsExactly(
            tuple("go " + AT + "/", 1, ms(0), ms(10), ms(10)),
            tuple("set_local what in", 2, ms(10), ms(0), ms(0)),
            tuple("log in", 3, ms(10), ms(1010), ms(10)),
            tuple("pay", 8, ms(1020), ms(10), ms(10)));
    assertThat(sample.findings().steps().get(2).output()).isEqualTo("one\ntwo");
    assertThat(sample.findings().steps().get(3).failure()).isEqualTo(sample.failure());
    assertThat(sample.failure())
        .isEqualTo(
            new Failure(
                ErrorKind.ASSERTION, null, "line 10: find nothing: not in the page \"Order\""));
  }

  @Test
  void nothingRunsAfterAFailureAndTheEvidenceIsThere() {
    Sample sample = scripts.run("go " + AT + "/login", "find Basket", "go " + AT + "/order");
    assertThat(scripts.site.log()).doesNotContain("GET " + AT + "/order");
    Evidence evidence = Objects.requireNonNull(sample.findings().evidence());
    assertThat(evidence.url()).isEqualTo(AT + "/login");
    assertThat(evidence.status()).isEqualTo(200);
    assertThat(evidence.headers()).contains(new Check.Header("X-Pig", "pink"));
    assertThat(evidence.body()).isEqualTo("<h1>Log in</h1>");
    assertThat(evidence.forms())
        .containsExactly(
            "1 (login) GET "
                + AT
                + "/done: user (text), password (password) = …,"
                + " go (submit) = Log in");
    assertThat(evidence.picture()).isNotNull();
    assertThat(scripts.run("go " + AT + "/", "exit 1").findings().evidence())
        .satisfies(found ->
            assertThat(Objects.requireNonNull(found).links())
                .contains("Log in → " + AT + "/login"));
  }

  @Test
  void evidenceAndOutputAreBounded() {
    Sample sample = scripts.run("go " + AT + "/many", "show_links", "exit 1");
    assertThat(sample.findings().steps().get(1).output()).hasSize(2000).endsWith("… (cut)");
    assertThat(Objects.requireNonNull(sample.findings().evidence()).links()).hasSize(20);
  }

  @Test
  void failuresOfTheBrowserKeepTheirKind() {
    Sample sample = scripts.run("go " + AT + "/refused");
    assertThat(sample.failure())
        .isEqualTo(
            new Failure(
                ErrorKind.REFUSED, null, "line 1: go " + AT + "/refused: connection refused"));
    assertThat(sample.hops()).hasSize(1);
  }

  // ---- traps of twill, each with what happens here ----------------------------------------------

  @Test
  void anErrorStatusFailsUnlessTheNextCodeExpectsIt() {
    assertThat(text(scripts.run("go " + AT + "/broken", "find pigs")))
        .isEqualTo(
            "line 1: go "
                + AT
                + "/broken: HTTP status 500 of "
                + AT
                + "/broken, which no code expects");
    assertThat(text(scripts.run("go " + AT + "/broken", "find pigs", "code 500"))).isNull();
    assertThat(text(scripts.run("go " + AT + "/broken", "set_local c 500-599", "code $c")))
        .contains("which no code expects");
    assertThat(text(scripts.run("go " + AT + "/broken", "code 404"))).startsWith("line 1: ");
    assertThat(text(scripts.run("go " + AT + "/broken", "go /", "code 500")))
        .startsWith("line 1: ");
    assertThat(text(scripts.run("go " + AT + "/", "go /gone", "back", "reload", "code 200")))
        .startsWith("line 2: ");
    assertThat(text(scripts.lenient("go " + AT + "/broken", "find pigs"))).isNull();
    assertThat(text(scripts.lenient("go " + AT + "/broken", "code 200"))).startsWith("line 2: ");
  }

  @Test
  void anExitCodeOtherThanZeroFails() {
    assertThat(text(scripts.run("exit 3", "find nothing")))
        .isEqualTo("line 1: exit 3: the script ended itself with 3");
    Sample sample = scripts.run("go " + AT + "/", "exit", "find nothing");
    assertThat(sample.failure()).isNull();
    assertThat(sample.findings().steps()).hasSize(2);
  }

  @Test
  void aScriptWithAWrongLineDoesNotBegin() {
    Sample sample = scripts.run("go " + AT + "/", "fnd Welcome", "find \"Welcome");
    assertThat(sample.failure())
        .isEqualTo(
            new Failure(
                ErrorKind.INTERNAL,
                null,
                "the script is wrong: line 2:1: there is no command \"fnd\"; did you mean find?"));
    assertThat(scripts.site.log()).isEmpty();
  }

  @Test
  void whatIsRequiredIsLookedAt() {
    assertThat(text(scripts.lenient("require success", "go " + AT + "/gone")))
        .isEqualTo(
            "line 2: go " + AT + "/gone: the status is 404, and require success asks for 200");
    assertThat(text(scripts.lenient("require success", "skip_require", "go " + AT + "/gone")))
        .isNull();
  }

  @Test
  void aVariableThatIsNotThereFailsBeforeAnythingRuns() {
    assertThat(text(scripts.run("go " + AT + "/", "find $nobody")))
        .contains("line 2:6: the variable nobody is never set");
    assertThat(scripts.site.log()).isEmpty();
  }

  // ---- variables and secrets --------------------------------------------------------------------

  @Test
  void variablesOfTheTestMayBeSecrets() {
    Check.Script script =
        script(
            "go " + AT + "/login\nfv 1 password $key\nfv 1 user ${name}son\nsubmit",
            Map.of("key", "<${secret.shop}>", "name", "Jack"));
    assertThat(scripts.run(script, List.of()).failure()).isNull();
    assertThat(scripts.site.log()).contains("send user=Jackson&password=<p.g$>&go=Log in");
  }

  @Test
  void aSecretInAPatternIsTakenAsItIs() {
    Sample sample = scripts.run("go " + AT + "/p.g$", "find ${secret.shop}");
    assertThat(sample.failure()).isNull();
    assertThat(text(scripts.run("go " + AT + "/pig", "find ${secret.shop}")))
        .isEqualTo("line 2: find ${secret.shop}: not in the page \"Page /pig\"");
  }

  @Test
  void aMissingSecretIsTheNodesOwnTrouble() {
    Sample sample = scripts.run("go " + AT + "/login", "fv 1 password ${secret.bank}");
    assertThat(sample.failure())
        .isEqualTo(
            new Failure(
                ErrorKind.INTERNAL,
                null,
                "line 2: fv 1 password ${secret.bank}: this node has no secret \"bank\"; put a file"
                    + " of that name among its secrets"));
    assertThat(
            scripts
                .run(script("go " + AT + "/", Map.of("a", "${secret.bank}")), List.of())
                .failure())
        .extracting(Failure::kind)
        .isEqualTo(ErrorKind.INTERNAL);
  }

  // ---- clean-ups --------------------------------------------------------------------------------

  @Test
  void cleanUpsRunHoweverItEndsTheLastOneFirst() {
    Sample sample =
        scripts.run(
            "go " + AT + "/",
            "add_cleanup go /logout",
            "add_cleanup find nothing",
            "add_cleanup echo bye",
            "exit 1");
    assertThat(text(sample)).startsWith("line 5: exit 1");
    assertThat(sample.findings().steps())
        .extracting(Step::name)
        .endsWith("exit 1", "echo bye", "find nothing", "go /logout");
    assertThat(sample.findings().steps().get(6).output())
        .isEqualTo("clean-up failed: line 3: find nothing: not in the page \"The shop\"");
    assertThat(Objects.requireNonNull(sample.findings().evidence()).url()).isEqualTo(AT + "/");
    assertThat(scripts.site.log()).endsWith("GET " + AT + "/logout", "close");
  }

  // ---- time -------------------------------------------------------------------------------------

  @Test
  void theTimeoutOfTheTestBoundsAllOfIt() {
    Sample sample = scripts.run("sleep 6", "go " + AT + "/", "sleep 5");
    assertThat(sample.failure())
        .isEqualTo(
            new Failure(
                ErrorKind.TIMEOUT,
                null,
                "line 3: sleep 5: longer than what is left of the test's timeout, 3990 ms"));
    String[] many = new String[1002];
    Arrays.fill(many, "go " + AT + "/");
    assertThat(scripts.run(many).failure())
        .isEqualTo(
            new Failure(
                ErrorKind.TIMEOUT,
                null,
                "line 1001: go " + AT + "/: not run: the script had taken its 10000 ms"));
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();
    Sample sample = scripts.run("go " + AT + "/");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(sample.failure()).extracting(Failure::kind).isEqualTo(ErrorKind.INTERNAL);
  }

  @Test
  void slowIsAnotherKind() {
    Sample sample = scripts.run("go " + AT + "/", "time_below 5ms");
    assertThat(sample.failure()).extracting(Failure::kind).isEqualTo(ErrorKind.SLOW);
  }

  // ---- the test around it -----------------------------------------------------------------------

  @Test
  void assertionsOfTheTestLookAtTheLastPage() {
    Assertion body = Assertion.that(Target.BODY, Operator.CONTAINS, "Welcome");
    Assertion days = Assertion.that(Target.CERTIFICATE_DAYS, Operator.GREATER_THAN, "20");
    Assertion total = Assertion.that(Target.TOTAL, Operator.LESS_THAN, "15ms");
    Check.Script home = Check.Script.of("go " + AT + "/");
    Check.Script two = Check.Script.of("go " + AT + "/a\ngo " + AT + "/");
    assertThat(text(scripts.run(home, List.of(body, total)))).isNull();
    assertThat(text(scripts.run(two, List.of(body, total))))
        .isEqualTo("total: expected less than 15ms, found 20.0ms");
    Sample wrong = scripts.run(Check.Script.of("go " + AT + "/a"), List.of(body));
    assertThat(text(wrong)).isEqualTo("body: expected to contain \"Welcome\", found \"/a\"");
    assertThat(Objects.requireNonNull(wrong.findings().evidence()).url()).isEqualTo(AT + "/a");
    assertThat(text(scripts.run(home, List.of(days))))
        .isEqualTo("certificate days: expected more than 20, found 20");
    assertThat(text(scripts.run(Check.Script.of("go " + AT + "/gone\ncode 404"), List.of())))
        .isNull();
    Assertion variable = Assertion.that(Target.BODY, Operator.CONTAINS, "${a}");
    assertThat(text(scripts.run(script("go " + AT + "/", Map.of("a", "cows")), List.of(variable))))
        .isNull();
    assertThat(text(scripts.run(home, List.of(variable)))).contains("${a}", "is not defined");
  }

  @Test
  void anEngineThatIsNotThereIsTheNodesOwnTrouble() {
    Check.Script chromium =
        new Check.Script(
            "go " + AT + "/", Map.of(), Engine.CHROMIUM, false, true, Connection.DEFAULT);
    assertThat(scripts.run(chromium, List.of()).failure())
        .isEqualTo(
            new Failure(
                ErrorKind.INTERNAL, null, "this program has no engine chromium; name another one"));
    assertThat(scripts.probe().problems(chromium))
        .as("said before it runs")
        .containsExactly(
            new Problem("script.engine", "this program has no engine chromium; name another one"));
    assertThat(scripts.probe().problems(Check.Script.of("go " + AT + "/"))).isEmpty();
  }

  @Test
  void theBrowserIsClosedWhateverHappens() {
    scripts.run("go " + AT + "/", "reset_browser", "go " + AT + "/", "find nothing");
    assertThat(scripts.site.log()).filteredOn("open"::equals).hasSize(2);
    assertThat(scripts.site.log()).filteredOn("close"::equals).hasSize(2);
    Sample sample = scripts.run("go " + AT + "/", "reset_browser", "go " + AT + "/");
    assertThat(sample.bytes()).isEqualTo(2000);
    assertThat(sample.hops()).hasSize(2);
  }

  private static Check.Script script(String source, Map<String, String> variables) {
    return new Check.Script(source, variables, Engine.HTMLUNIT, false, true, Connection.DEFAULT);
  }

  private static @Nullable String text(Sample sample) {
    return sample.failure() == null ? null : sample.failure().text();
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
