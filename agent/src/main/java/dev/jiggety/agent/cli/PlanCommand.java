package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.repository.couch.CouchRepositories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety plan}: what {@code apply} would do. */
@Command(
    name = "plan",
    description = "Show what 'apply' would change on the hub. Changes nothing.",
    footer = {"%nExample:", "  jiggety plan tests/"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class PlanCommand implements Runnable {
  @Mixin private HubOption hub;
  @Mixin private TestFiles files;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try (Hub open = hub.open()) {
      CouchRepositories repositories = new CouchRepositories(open, hub.names());
      ChangePlan plan = files.planFor(repositories);
      plan.lines().forEach(spec.commandLine().getOut()::println);
    }
  }
}
