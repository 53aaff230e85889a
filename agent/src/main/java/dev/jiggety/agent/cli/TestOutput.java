package dev.jiggety.agent.cli;

import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.TestDefinition;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
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
    if (folder == null) {
      out.print(tests.stream().map(TestYaml::write).collect(Collectors.joining("---\n")));
      out.flush();
      return;
    }
    Files.createDirectories(folder);
    for (TestDefinition test : tests) {
      write(folder, test);
    }
    out.println("wrote " + tests.size() + " tests to " + folder);
  }

  /** All or nothing: a full disk leaves no half file under the test's name. */
  private static void write(Path folder, TestDefinition test) throws IOException {
    Path half = Files.createTempFile(folder, "." + test.id(), ".part");
    try {
      Files.writeString(half, TestYaml.write(test));
      Files.move(half, folder.resolve(test.id() + ".yaml"), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
