package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.model.HubRole;
import dev.jiggety.repository.couch.Accounts;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety account roles}: what somebody may do from now on. */
@Command(
    name = "roles",
    description = "Give an account these roles instead of those that it has.",
    footer = {"%nExample:", "  jiggety account roles ada --role operator --role approver"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AccountRolesCommand implements Runnable {
  @Mixin private HubOption hub;

  @Parameters(paramLabel = "NAME", description = "Whose.")
  private String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      split = ",",
      description =
          "What it may do: viewer, operator, approver, release, manager, node, guest; may be repeated.")
  private List<HubRole> roles;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try (Hub open = hub.open()) {
      new Accounts(open).setRoles(name, EnumSet.copyOf(roles));
    }
    spec.commandLine().getOut().println("changed the roles of " + name);
  }
}
