package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.couch.CouchRepositories;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety plan}: what {@code apply} would do. */
@Command(
    name = "plan",
    description = "Show what 'apply' would change on the hub. Changes nothing.",
    footer = {"%nExample:", "  jiggety plan tests/"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PlanCommand implements Runnable {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "YAML files, or folders of them.")
  private List<Path> paths;

  @Option(names = "--prune", description = "Also remove tests from the hub that no file has.")
  private boolean prune;

  @Override
  public void run() {
    List<TestDefinition> wanted = TestYaml.readAll(paths);
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      ChangePlan plan = ChangePlan.of(wanted, repositories.tests().all().tests(), prune);
      plan.lines().forEach(spec.commandLine().getOut()::println);
    }
  }
}
