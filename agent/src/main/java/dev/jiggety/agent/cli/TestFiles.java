package dev.jiggety.agent.cli;

import dev.jiggety.document.Stored;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.TestRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files that a hub is to hold, and what to do with what no file has. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TestFiles {
  @Parameters(paramLabel = "PATH", arity = "1..*", description = "YAML files, or folders of them.")
  private List<Path> paths;

  @Option(names = "--prune", description = "Also remove tests from the hub that no file has.")
  private boolean prune;

  /** The files as they were named, for the record. */
  String names() {
    return paths.stream().map(Path::toString).collect(Collectors.joining(" "));
  }

  /** Reads the files, and only if they are right asks the hub what it has. */
  ChangePlan planFor(TestRepository hub) {
    List<TestDefinition> wanted = TestYaml.readAll(paths);
    List<Stored<TestDefinition>> present = hub.all().tests();
    return ChangePlan.of(wanted, present, prune);
  }
}
