package dev.jiggety.desktop.view.editor.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * From what was typed to a test, and everything that is wrong with it: by the reader of documents
 * and by {@link TestRules}, which the manager uses too. Places are in the words of the document.
 * Pure.
 */
public final class FormReader {
  /** Each round takes out what could not be read, until the rest can be. */
  private static final int MOST_ROUNDS = 8;

  private FormReader() {}

  /**
   * What came out.
   *
   * @param test the test; where something could not be read, with a default in its place
   * @param problems the first problem of each place
   * @param whole whether all of it could be read, right or wrong
   */
  public record Reading(TestDefinition test, Map<String, String> problems, boolean whole) {
    /** Whether nothing is wrong. */
    public boolean isFine() {
      return problems.isEmpty();
    }
  }

  /** Reads what a form or a text says. */
  public static Reading read(JsonObject typed) {
    Map<String, String> problems = new LinkedHashMap<>();
    JsonObject document = typed.deepCopy();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      try {
        TestDefinition test = TestDocument.TYPE.readStrictly(document);
        boolean whole = problems.isEmpty();
        add(problems, TestRules.problems(test));
        return new Reading(test, problems, whole);
      } catch (DocumentException e) {
        add(problems, e.problems());
        e.problems().forEach(problem -> takeOut(document, problem.place()));
      }
    }
    return new Reading(TestDefinition.builder("", Check.Http.get("")).build(), problems, false);
  }

  private static void add(Map<String, String> to, Collection<Problem> problems) {
    problems.forEach(problem -> to.putIfAbsent(problem.place(), problem.message()));
  }

  /** Removes what stands at a place; where nothing stands there, puts an empty text. */
  private static void takeOut(JsonObject document, String place) {
    JsonElement at = document;
    String[] names = place.replace("[", ".[").split("\\.", -1);
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      boolean last = i == names.length - 1;
      if (at instanceof JsonObject object && !name.startsWith("[")) {
        if (last) {
          if (object.remove(name) == null) {
            object.addProperty(name, "");
          }
          return;
        }
        at = object.get(name);
      } else if (at instanceof JsonArray array && name.startsWith("[")) {
        int index = Integer.parseInt(name.substring(1, name.length() - 1));
        if (index >= array.size()) {
          return;
        }
        if (last) {
          array.remove(index);
          return;
        }
        at = array.get(index);
      } else {
        return;
      }
    }
  }
}
