package dev.jiggety.agent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.script.ScriptProbe;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import dev.jiggety.model.Sample;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import dev.jiggety.twill.Command;
import dev.jiggety.twill.Kind;
import dev.jiggety.twill.Refused;
import dev.jiggety.twill.Script;
import dev.jiggety.twill.UserAgents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/guide/scripts.md says what there is, and its examples work in the demo's shop. */
class ScriptsPageTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^\\|.*\\| `(.*)` \\|$");

  @ParameterizedTest
  @EnumSource(Command.class)
  void everyCommandIsInTheReferenceWithAnExample(Command command) throws IOException {
    String row =
        page()
            .lines()
            .filter(line -> line.startsWith("| `" + command.usage() + "`"))
            .findFirst()
            .orElse("");
    assertThat(row).contains("| " + command.help() + " |");
    assertThat(command.aliases()).allSatisfy(alias -> assertThat(row).contains("`" + alias + "`"));
    List<String> examples = EXAMPLE.matcher(row).results().map(found -> found.group(1)).toList();
    assertThat(examples).hasSize(1);
    Script script =
        Script.parse("go https://shop.example/\nfind x\nset_local user x\n" + examples.getFirst());
    assertThat(script.flaws()).isEmpty();
    assertThat(script.lines().getLast().command()).isEqualTo(command);
  }

  @ParameterizedTest
  @EnumSource(Refused.class)
  void everyCommandThatIsNotHereIsNamed(Refused row) throws IOException {
    assertThat(page())
        .contains("`" + String.join("`, `", row.names()) + "` | " + row.reason() + " |");
  }

  @Test
  void everySettingAndShortNameIsThere() throws IOException {
    assertThat(Kind.KEYS).allSatisfy(key -> assertThat(page()).contains("| `" + key + "` |"));
    assertThat(UserAgents.names())
        .allSatisfy(name -> assertThat(page()).contains("`" + name + "`"));
  }

  @Test
  void theExamplesRun() throws IOException {
    List<String> scripts =
        Pattern.compile("(?s)```twill\n(.*?)```")
            .matcher(page())
            .results()
            .map(MatchResult::group)
            .map(block -> block.replaceAll("```(twill\n)?", ""))
            .toList();
    assertThat(scripts).hasSizeGreaterThan(3);
    try (SampleShop shop = SampleShop.open(0)) {
      for (String source : scripts) {
        Sample sample = run(source, Map.of("shop", shop.url().toString()));
        assertThat(sample.failure()).as(source).isNull();
      }
    }
  }

  @Test
  void theExampleFileIsTheDemosTestAndRuns() throws IOException {
    TestDefinition test =
        TestYaml.readAll(List.of(docs().resolve("examples/shop-checkout.yaml"))).getFirst();
    assertThat(TestRules.problems(test)).isEmpty();
    try (SampleShop shop = SampleShop.open(0)) {
      TestDefinition demo =
          DemoTests.on(shop.url()).stream()
              .filter(each -> each.id().equals(test.id()))
              .findFirst()
              .orElseThrow();
      Check.Script written = (Check.Script) test.check();
      assertThat(written.source()).isEqualTo(((Check.Script) demo.check()).source());
      assertThat(written.variables().get("shop")).isEqualTo("http://127.0.0.1:" + Demo.SHOP_PORT);
      Sample sample = measure((Check.Script) demo.check());
      assertThat(sample.failure()).isNull();
      assertThat(sample.findings().steps())
          .extracting(step -> step.name())
          .containsExactly("log in", "search", "check out");
      assertThat(sample.findings().steps())
          .allSatisfy(step -> assertThat(step.phases().sum()).isPositive());
      assertThat(sample.phases().sum()).isLessThanOrEqualTo(sample.total());
    }
  }

  @Test
  void aWrongExpectationShowsWhatWasThere() throws IOException {
    try (SampleShop shop = SampleShop.open(0)) {
      Sample sample =
          run(
              "go ${shop}/login\nfv login user jack\nfv login pail fire\nsubmit\ncode 403\n"
                  + "find Hello",
              Map.of("shop", shop.url().toString()));
      assertThat(sample.failure())
          .hasFieldOrPropertyWithValue(
              "text", "line 6: find Hello: not in the page \"The Jig Shop\"");
      assertThat(sample.findings().evidence())
          .satisfies(evidence -> {
            assertThat(evidence).isNotNull();
            assertThat(evidence.status()).isEqualTo(403);
            assertThat(evidence.body()).contains("Wrong pail");
            assertThat(evidence.forms()).first().asString().contains("(login) POST", "user (text)");
          });
    }
  }

  private static Sample run(String source, Map<String, String> variables) {
    assertThat(Script.parse(source, Set.of("shop")).flaws()).isEmpty();
    return measure(
        new Check.Script(source, variables, Engine.HTMLUNIT, false, true, Connection.DEFAULT));
  }

  private static Sample measure(Check.Script script) {
    return new ScriptProbe().measure(new Probe.Request(script, Duration.ofSeconds(60), List.of()));
  }

  private static String page() throws IOException {
    return Files.readString(docs().resolve("guide/scripts.md"));
  }

  private static Path docs() {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      if (Files.exists(up.resolve("docs/guide/scripts.md"))) {
        return up.resolve("docs");
      }
    }
    throw new IllegalStateException("docs/guide/scripts.md is not above here");
  }
}
