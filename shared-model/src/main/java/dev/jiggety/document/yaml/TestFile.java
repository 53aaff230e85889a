package dev.jiggety.document.yaml;

import com.google.gson.JsonObject;
import dev.jiggety.model.TestDefinition;
import java.nio.file.Path;
import java.util.List;

/**
 * What a file holds.
 *
 * @param tests those without a problem, in the order of the file
 * @param documents of other kinds (channels, policies and the like), those without a problem
 * @param problems everything that is wrong, in the order of the file
 */
public record TestFile(
    Path path, List<Entry> tests, List<Document> documents, List<YamlProblem> problems) {

  public TestFile {
    tests = List.copyOf(tests);
    documents = List.copyOf(documents);
    problems = List.copyOf(problems);
  }

  /**
   * A document of the configuration that is no test, and where it begins.
   *
   * @param content with {@code _id}, {@code type} and {@code schema}
   * @param line from 1
   */
  public record Document(JsonObject content, int line) {
    /** Its id, with the type in front. */
    public String id() {
      return content.get("_id").getAsString();
    }
  }

  /**
   * A test and where it begins.
   *
   * @param line from 1
   */
  public record Entry(TestDefinition test, int line) {}
}
