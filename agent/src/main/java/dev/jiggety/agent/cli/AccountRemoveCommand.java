package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.repository.couch.Accounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety account remove}: nobody any more. */
@Command(
    name = "remove",
    description = {
      "Remove an account: it can do nothing at the hub any more, at once.",
      "Whose key signed patches is retired with: jiggety key retire"
    },
    footer = {"%nExample:", "  jiggety account remove grace"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AccountRemoveCommand implements Runnable {
  @Mixin private HubOption hub;

  @Parameters(paramLabel = "NAME", description = "Whose.")
  private String name;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try (Hub open = hub.open()) {
      new Accounts(open).remove(name);
    }
    spec.commandLine().getOut().println("removed the account " + name);
  }
}
