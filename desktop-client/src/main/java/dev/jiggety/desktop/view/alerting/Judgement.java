package dev.jiggety.desktop.view.alerting;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.document.ConfigurationRules;
import dev.jiggety.document.Contents;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the manager would say to a document, before it is asked: the very same rules. Pure. */
final class Judgement {
  private Judgement() {}

  /**
   * What is wrong with a document, with places inside it.
   *
   * @param others the other documents that will be in force beside it
   */
  static List<Problem> of(String target, JsonObject document, Map<String, JsonObject> others) {
    List<Problem> problems =
        new ArrayList<>(ConfigurationRules.problems(target, Contents.of(document)));
    if (problems.isEmpty()) {
      SortedMap<String, Content> all = new TreeMap<>();
      others.forEach((id, other) -> all.put(id, Contents.of(other)));
      all.put(target, Contents.of(document));
      ConfigurationRules.problems(new Configuration(all)).stream()
          .filter(problem -> isOf(problem, target))
          .forEach(problems::add);
    }
    return problems.stream()
        .map(problem -> isOf(problem, target) ? inside(problem, target) : problem)
        .toList();
  }

  /** The first problem at a place or inside it. */
  static String at(List<Problem> problems, String place) {
    return problems.stream()
        .filter(it ->
            it.place().equals(place)
                || it.place().startsWith(place + ".")
                || it.place().startsWith(place + "["))
        .map(Problem::message)
        .findFirst()
        .orElse("");
  }

  private static boolean isOf(Problem problem, String target) {
    return problem.place().equals(target) || problem.place().startsWith(target + ".");
  }

  private static Problem inside(Problem problem, String target) {
    String place = problem.place();
    return new Problem(
        place.equals(target) ? "" : place.substring(target.length() + 1), problem.message());
  }
}
