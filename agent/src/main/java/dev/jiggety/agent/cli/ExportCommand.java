package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.Stored;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.TestRepository.Tests;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety export}: the tests on the hub as files. */
@Command(
    name = "export",
    description =
        "Write the tests of the hub as YAML: a file each into a folder, or all of them here.",
    footer = {"%nExample:", "  jiggety export tests/"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ExportCommand implements Callable<Integer> {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "The folder; made if it is not there.")
  private @Nullable Path folder;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Hub open = hub.open()) {
      Tests tests = new CouchRepositories(open, hub.names()).tests().all();
      if (folder == null) {
        out.print(
            tests.tests().stream()
                .map(test -> TestYaml.write(test.value()))
                .collect(Collectors.joining("---\n")));
        out.flush();
      } else {
        Files.createDirectories(folder);
        for (Stored<TestDefinition> test : tests.tests()) {
          write(folder, test.value());
        }
        out.println("wrote " + tests.tests().size() + " tests to " + folder);
      }
      tests.unreadable().forEach(line -> spec.commandLine().getErr().println("jiggety: " + line));
      return tests.unreadable().isEmpty() ? ExitCode.FINE : ExitCode.BAD;
    }
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
