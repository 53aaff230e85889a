package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.DependencyRules;
import dev.jiggety.model.rules.KeyRules;
import dev.jiggety.model.rules.ReleaseRules;
import dev.jiggety.model.rules.SettingsRules;
import dev.jiggety.model.rules.StrategyRules;
import dev.jiggety.model.rules.TestRules;
import dev.jiggety.model.rules.WindowRules;
import dev.jiggety.model.rules.notice.ChannelRules;
import dev.jiggety.model.rules.notice.PolicyRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may stand in the configuration: tests, keys, strategies, maintenance windows, channels,
 * policies, settings and the release of the agent, each by its own rules, and what must hold for
 * all of it together. The places of problems begin with the id of the document.
 */
public final class ConfigurationRules {
  private ConfigurationRules() {}

  /** What is wrong with what a change wants to bring about; empty when it can be tried. */
  public static List<Problem> problems(Change change) {
    return switch (change) {
      case Change.Put put -> problems(put.target(), put.content());
      case Change.Delete delete -> under(delete.target(), kind(delete.target()));
    };
  }

  /**
   * What is wrong with a document, by its kind.
   *
   * @param id the id under which it is to be in force
   */
  public static List<Problem> problems(String id, Content content) {
    List<Problem> problems = kind(id);
    if (!problems.isEmpty()) {
      return under(id, problems);
    }
    try {
      JsonObject document = Contents.document(content);
      JsonElement own = document.get("_id");
      if (own == null || !own.isJsonPrimitive() || !own.getAsString().equals(id)) {
        return List.of(new Problem(id + "._id", "must be " + id + ", found " + own));
      }
      return under(id, checked(id, document));
    } catch (DocumentException e) {
      return under(id, e.problems());
    } catch (JsonParseException | IllegalStateException | ClassCastException _) {
      return List.of(new Problem(id, "is no JSON object"));
    }
  }

  /**
   * What is wrong with a configuration as a whole: nobody may lock everybody out, tests depend on
   * tests that there are, never on themselves, and policies name channels that there are. Of the
   * documents only the keys, the policies and the tests that depend on others are looked at; a key
   * that cannot be believed counts as none.
   */
  public static List<Problem> problems(Configuration configuration) {
    Set<TrustedKey.Role> missing = EnumSet.of(TrustedKey.Role.OPERATOR, TrustedKey.Role.MANAGER);
    configuration
        .documents()
        .subMap("key:", "key;")
        .forEach((id, content) -> {
          if (problems(id, content).isEmpty()) {
            missing.remove(KeyDocument.TYPE.read(Contents.document(content)).role());
          }
        });
    List<Problem> problems = new ArrayList<>(dependencies(configuration));
    missing.stream()
        .map(role ->
            new Problem(
                "key", "no " + role.label() + "'s key would be left; trust another one first"))
        .forEach(problems::add);
    problems.addAll(NoticeReferences.problems(configuration));
    return List.copyOf(problems);
  }

  private static List<Problem> dependencies(Configuration configuration) {
    SortedMap<String, Content> tests = configuration.documents().subMap("test:", "test;");
    SortedMap<String, SortedSet<String>> depends = new TreeMap<>();
    tests.forEach((id, content) -> {
      // Most tests depend on none, and there may be thousands.
      if (content.text().contains("\"depends\"")
          && Contents.document(content).get("depends") instanceof JsonArray parents) {
        SortedSet<String> ids = new TreeSet<>();
        parents.forEach(parent -> {
          if (parent.isJsonPrimitive()) {
            ids.add(Ids.test(parent.getAsString()));
          }
        });
        depends.put(id, ids);
      }
    });
    return DependencyRules.problems(depends, tests.keySet());
  }

  private static List<Problem> kind(String id) {
    return switch (prefix(id)) {
      case "test", "key", "strategy", "window", "settings", "agent", "channel", "policy" ->
          List.of();
      default ->
          List.of(
              new Problem(
                  "",
                  "is no document of the configuration; those are test:, key:, strategy:, window:,"
                      + " channel:, policy:, settings and agent"));
    };
  }

  private static List<Problem> checked(String id, JsonObject document) {
    return switch (prefix(id)) {
      case "test" -> TestRules.problems(TestDocument.TYPE.read(document));
      case "channel" -> ChannelRules.problems(ChannelDocument.TYPE.read(document));
      case "policy" -> PolicyRules.problems(PolicyDocument.TYPE.read(document));
      case "key" -> KeyRules.problems(KeyDocument.TYPE.read(document));
      case "window" -> WindowRules.problems(WindowDocument.TYPE.read(document));
      case "agent" -> ReleaseRules.problems(AgentDocument.TYPE.read(document));
      case "settings" -> SettingsRules.problems(SettingsDocument.TYPE.read(document));
      default -> {
        Strategy strategy = StrategyDocument.TYPE.read(document);
        List<Problem> problems = new ArrayList<>(StrategyRules.problems(strategy));
        if (Strategy.preset(strategy.name()).isPresent()) {
          problems.add(new Problem("name", strategy.name() + " is built in; choose another name"));
        }
        yield problems;
      }
    };
  }

  private static String prefix(String id) {
    if (id.equals(Ids.settings()) || id.equals(Ids.agent())) {
      return id;
    }
    int colon = id.indexOf(':');
    return colon < 0 ? "" : id.substring(0, colon);
  }

  private static List<Problem> under(String id, List<Problem> problems) {
    return problems.stream().map(problem -> problem.under(id)).toList();
  }
}
