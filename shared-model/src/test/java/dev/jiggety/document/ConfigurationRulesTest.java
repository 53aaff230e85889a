package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.Settings;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.Window;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.Samples;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ConfigurationRulesTest {
  private static final Window NIGHT =
      new Window(
          "night",
          "Night",
          true,
          new Window.Times.Again(
              new Schedule.Cron("0 2 * * *", ZoneId.of("UTC")), Duration.ofHours(1)),
          new TreeSet<>(),
          new TreeSet<>());

  private final TrustedKey ada = SigningKey.generate("ada", Role.OPERATOR).trusted();
  private final TrustedKey manager = SigningKey.generate("m1", Role.MANAGER).trusted();

  @Test
  void testsKeysAndStrategiesMayStandThere() {
    JsonObject newer = TestDocument.TYPE.write(Samples.fullTest("shop"));
    newer.addProperty("colour", "green"); // from a newer program
    for (JsonObject document :
        List.of(
            newer,
            KeyDocument.TYPE.write(ada),
            StrategyDocument.TYPE.write(Strategy.WAVES.named("night")),
            WindowDocument.TYPE.write(NIGHT),
            SettingsDocument.TYPE.write(Settings.DEFAULT))) {
      assertThat(ConfigurationRules.problems(put(document))).isEmpty();
      assertThat(ConfigurationRules.problems(Contents.delete(document))).isEmpty();
    }
  }

  @Test
  void nothingElseMay() {
    for (String id : List.of("head", "candidate", "group:a", "secret:a", "_design/jiggety", ":")) {
      JsonObject document = new JsonObject();
      document.addProperty("_id", id);
      for (Change change : List.of(put(document), Contents.delete(document))) {
        assertThat(texts(ConfigurationRules.problems(change)))
            .containsExactly(
                id
                    + ": is no document of the configuration; those are test:, key:, strategy:,"
                    + " window:, channel:, policy:, settings and agent");
      }
    }
  }

  @Test
  void eachKindHasItsOwnRules() {
    JsonObject test = TestDocument.TYPE.write(Samples.test("shop"));
    test.addProperty("samples", 99);
    assertThat(texts(ConfigurationRules.problems(put(test))))
        .singleElement()
        .asString()
        .startsWith("test:shop.samples: ");
    test.addProperty("samples", "many");
    assertThat(texts(ConfigurationRules.problems(put(test))))
        .containsExactly("test:shop.samples: must be a whole number, found \"many\"");
    test.remove("http");
    assertThat(ConfigurationRules.problems(put(test))).hasSizeGreaterThan(1);

    TrustedKey another = SigningKey.generate("ada", Role.OPERATOR).trusted();
    JsonObject key = KeyDocument.TYPE.write(ada);
    key.addProperty("key", another.key());
    assertThat(texts(ConfigurationRules.problems(put(key))))
        .containsExactly(
            "key:" + ada.id() + "._id: must be key:" + another.id() + ", the hash of the key");
    for (String wrong : List.of("", "AAAA", "%%%")) {
      key.addProperty("key", wrong);
      assertThat(texts(ConfigurationRules.problems(put(key))))
          .anySatisfy(text -> assertThat(text).contains(".key: must be an Ed25519 key"));
    }
    key = KeyDocument.TYPE.write(ada);
    key.addProperty("name", "ada\nroot");
    key.addProperty("role", "king");
    assertThat(ConfigurationRules.problems(put(key))).hasSize(1); // it cannot even be read
    key.addProperty("role", "operator");
    assertThat(texts(ConfigurationRules.problems(put(key))))
        .singleElement()
        .asString()
        .contains(".name: ");

    JsonObject strategy = StrategyDocument.TYPE.write(Strategy.WAVES.named("swift"));
    assertThat(texts(ConfigurationRules.problems(put(strategy))))
        .containsExactly("strategy:swift.name: swift is built in; choose another name");
  }

  @Test
  void aDocumentStandsUnderItsOwnId() {
    Content shop = Contents.of(Samples.test("shop"));
    assertThat(texts(ConfigurationRules.problems("test:basket", shop)))
        .containsExactly("test:basket._id: must be test:basket, found \"test:shop\"");
    assertThat(texts(ConfigurationRules.problems("test:shop", Digests.content("[]"))))
        .containsExactly("test:shop: is no JSON object");
    assertThat(texts(ConfigurationRules.problems("test:shop", Digests.content("{"))))
        .containsExactly("test:shop: is no JSON object");
  }

  @Test
  void nobodyLocksEverybodyOut() {
    assertThat(ConfigurationRules.problems(configuration(ada, manager))).isEmpty();
    assertThat(texts(ConfigurationRules.problems(configuration(ada))))
        .containsExactly("key: no manager's key would be left; trust another one first");
    assertThat(ConfigurationRules.problems(configuration(manager))).hasSize(1);
    assertThat(ConfigurationRules.problems(Configuration.EMPTY)).hasSize(2);
    TrustedKey bent = new TrustedKey(ada.id(), "ada", Role.OPERATOR, manager.key());
    assertThat(ConfigurationRules.problems(configuration(bent, manager))).hasSize(1);
  }

  @Test
  void aPolicyNamesChannelsThatAreThere() throws IOException {
    TreeMap<String, Content> documents = new TreeMap<>(configuration(ada, manager).documents());
    JsonObject policy = Pages.examples("policy").getFirst();
    documents.put("policy:shop", Contents.of(policy));
    assertThat(texts(ConfigurationRules.problems(new Configuration(documents))))
        .containsExactly(
            "policy:shop.steps[0].channels: there is no channel \"ops-mail\"; put it in force too,"
                + " or take it out",
            "policy:shop.steps[1].channels: there is no channel \"ops-mail\"; put it in force too,"
                + " or take it out",
            "policy:shop.steps[1].channels: there is no channel \"pager\"; put it in force too, or"
                + " take it out");
    for (JsonObject channel : Pages.examples("channel")) {
      documents.put(channel.get("_id").getAsString(), Contents.of(channel));
    }
    assertThat(ConfigurationRules.problems(new Configuration(documents))).isEmpty();
  }

  @Test
  void testsDependOnTestsThatThereAreAndNeverOnThemselves() {
    assertThat(problems("a:", "b:a", "c:a b")).isEmpty();
    assertThat(problems("a:", "b:a z"))
        .containsExactly(
            "test:b.depends: \"test:z\" is no test; take it out, or bring the test in by the same"
                + " patch");
    assertThat(problems("a:c", "b:a", "c:b", "d:c"))
        .containsExactly("test:a.depends: depends on itself: test:a → test:c → test:b → test:a");
    assertThat(texts(ConfigurationRules.problems(put(test("a:a")))))
        .containsExactly("test:a.depends: a test cannot depend on itself");
  }

  @Test
  void windowsAndSettingsAreLookedAtPlaceByPlace() {
    JsonObject window = WindowDocument.TYPE.write(NIGHT);
    window.getAsJsonObject("again").addProperty("cron", "0 25 * * *");
    window.getAsJsonObject("again").addProperty("length", "1s");
    assertThat(texts(ConfigurationRules.problems(put(window))))
        .satisfiesExactly(
            text -> assertThat(text).startsWith("window:night.again.cron: "),
            text ->
                assertThat(text)
                    .isEqualTo("window:night.again.length: must be 1m to 31d, found 1s"));
    window.remove("again");
    assertThat(texts(ConfigurationRules.problems(put(window))))
        .anySatisfy(text -> assertThat(text).startsWith("window:night.once: is needed"));

    JsonObject settings =
        JsonParser.parseString(
                """
                {"_id": "settings", "type": "settings", "schema": 1, "references": ["ns.example"],
                 "retention": {"live": "1d", "disk": "1MB"}, "certificate-days": [7, 7]}
                """)
            .getAsJsonObject();
    assertThat(texts(ConfigurationRules.problems(put(settings))))
        .containsExactly(
            "settings.references: \"ns.example\" needs a port, like host.example:443",
            "settings.retention.live: must be 7d to 3660d, found 1d",
            "settings.retention.disk: must be at least 100MB, or absent for no limit",
            "settings.certificate-days: must be 1 to 60 days each, the largest first, none twice");
  }

  /** Of tests like {@code a:b c}: a depends on b and c. */
  private List<String> problems(String... tests) {
    TreeMap<String, Content> documents = new TreeMap<>(configuration(ada, manager).documents());
    for (String written : tests) {
      JsonObject test = test(written);
      documents.put(test.get("_id").getAsString(), Contents.of(test));
    }
    return texts(ConfigurationRules.problems(new Configuration(documents)));
  }

  private static JsonObject test(String written) {
    int colon = written.indexOf(':');
    List<String> parents =
        Arrays.stream(written.substring(colon + 1).split(" ")).filter(it -> !it.isEmpty()).toList();
    return TestDocument.TYPE.write(
        Samples.test(written.substring(0, colon)).toBuilder().depends(parents).build());
  }

  private static Change put(JsonObject document) {
    return new Change.Put(document.get("_id").getAsString(), Contents.of(document), null);
  }

  private static Configuration configuration(TrustedKey... keys) {
    TreeMap<String, Content> documents = new TreeMap<>();
    for (TrustedKey key : keys) {
      documents.put(Ids.key(key.id()), Contents.of(KeyDocument.TYPE.write(key)));
    }
    return new Configuration(documents);
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }
}
