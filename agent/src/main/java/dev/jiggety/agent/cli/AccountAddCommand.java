package dev.jiggety.agent.cli;

import dev.jiggety.base.Secret;
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

/** {@code jiggety account add}: somebody new. */
@Command(
    name = "add",
    description = "Make an account at the hub. The password comes from a file or the terminal.",
    footer = {"%nExample:", "  jiggety account add ada --role operator"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AccountAddCommand implements Runnable {
  @Mixin private HubOption hub;
  @Mixin private PasswordOption password;

  @Parameters(paramLabel = "NAME", description = "Who logs in; an operator's is that of the key.")
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
    Secret secret = password.read(name);
    try (Hub open = hub.open()) {
      new Accounts(open).add(name, secret, EnumSet.copyOf(roles));
    }
    spec.commandLine().getOut().println("made the account " + name);
  }
}
