package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.document.PlainDocuments;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes tests as YAML. */
final class TestOutput {
  private TestOutput() {}

  /**
   * All of them one after another, or a file each into a folder.
   *
   * @param folder made if it is not there; null to print
   */
  static void write(PrintWriter out, @Nullable Path folder, List<TestDefinition> tests)
      throws IOException {
    write(out, folder, tests, List.of());
  }

  /**
   * The same with other documents of the configuration; they get a folder for each kind, so that
   * none is called like a test.
   */
  static void write(
      PrintWriter out, @Nullable Path folder, List<TestDefinition> tests, List<JsonObject> others)
      throws IOException {
    if (folder == null) {
      out.print(
          Stream.concat(tests.stream().map(TestYaml::write), others.stream().map(TestYaml::write))
              .collect(Collectors.joining("---\n")));
      out.flush();
      return;
    }
    Files.createDirectories(folder);
    for (TestDefinition test : tests) {
      write(folder, test.id(), TestYaml.write(test));
    }
    for (JsonObject document : others) {
      String id = document.get("_id").getAsString();
      Path kind = folder.resolve(PlainDocuments.typeOf(document));
      Files.createDirectories(kind);
      write(kind, id.substring(id.indexOf(':') + 1), TestYaml.write(document));
    }
    String more = others.isEmpty() ? "" : " and " + others.size() + " other documents";
    out.println("wrote " + tests.size() + " tests" + more + " to " + folder);
  }

  /** All or nothing: a full disk leaves no half file under the name. */
  private static void write(Path folder, String name, String text) throws IOException {
    Path half = Files.createTempFile(folder, "." + name, ".part");
    try {
      Files.writeString(half, text);
      Files.move(half, folder.resolve(name + ".yaml"), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
