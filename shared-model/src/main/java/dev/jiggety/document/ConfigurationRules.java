package dev.jiggety.document;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.KeyRules;
import dev.jiggety.model.rules.StrategyRules;
import dev.jiggety.model.rules.TestRules;
import dev.jiggety.model.rules.notice.ChannelRules;
import dev.jiggety.model.rules.notice.PolicyRules;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What may stand in the configuration: tests, keys, strategies, channels and policies, each by its
 * own rules, and what must hold for all of it together. The places of problems begin with the id of
 * the document.
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
   * What is wrong with a configuration as a whole: nobody may lock everybody out, and a policy must
   * not name a channel that is not there. A key that cannot be believed counts as none.
   */
  public static List<Problem> problems(Configuration configuration) {
    Set<TrustedKey.Role> missing = EnumSet.allOf(TrustedKey.Role.class);
    configuration
        .documents()
        .subMap("key:", "key;")
        .forEach((id, content) -> {
          if (problems(id, content).isEmpty()) {
            missing.remove(KeyDocument.TYPE.read(Contents.document(content)).role());
          }
        });
    List<Problem> problems = new ArrayList<>();
    for (TrustedKey.Role role : missing) {
      problems.add(
          new Problem(
              "key", "no " + role.label() + "'s key would be left; trust another one first"));
    }
    problems.addAll(NoticeReferences.problems(configuration));
    return List.copyOf(problems);
  }

  private static List<Problem> kind(String id) {
    return switch (prefix(id)) {
      case "test", "key", "strategy", "channel", "policy" -> List.of();
      default ->
          List.of(
              new Problem(
                  "",
                  "is no document of the configuration; those are test:, key:, strategy:, channel:"
                      + " and policy:"));
    };
  }

  private static List<Problem> checked(String id, JsonObject document) {
    return switch (prefix(id)) {
      case "test" -> TestRules.problems(TestDocument.TYPE.read(document));
      case "channel" -> ChannelRules.problems(ChannelDocument.TYPE.read(document));
      case "policy" -> PolicyRules.problems(PolicyDocument.TYPE.read(document));
      case "key" -> KeyRules.problems(KeyDocument.TYPE.read(document));
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
    int colon = id.indexOf(':');
    return colon < 0 ? "" : id.substring(0, colon);
  }

  private static List<Problem> under(String id, List<Problem> problems) {
    return problems.stream().map(problem -> problem.under(id)).toList();
  }
}
