package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.Stored;
import dev.jiggety.repository.TestRepository.Tests;
import dev.jiggety.repository.couch.CouchRepositories;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety export}: the tests on the hub, and what else people write, as files. */
@Command(
    name = "export",
    description = {
      "Write the configuration of the hub as YAML: tests, channels, policies, windows, settings.",
      "A file each into a folder, or all of them here."
    },
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
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      Tests tests = repositories.tests().all();
      TestOutput.write(
          out,
          folder,
          tests.tests().stream().map(Stored::value).toList(),
          TestFiles.documents(repositories.patches().inForce()));
      tests.unreadable().forEach(line -> spec.commandLine().getErr().println("jiggety: " + line));
      return tests.unreadable().isEmpty() ? ExitCode.FINE : ExitCode.BAD;
    }
  }
}
