package dev.jiggety.agent.cli;

import dev.jiggety.base.Secret;
import dev.jiggety.couch.Hub;
import dev.jiggety.repository.couch.Accounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jiggety account password}: another one. */
@Command(
    name = "password",
    description = {
      "Give an account another password; it comes from a file or the terminal.",
      "Whoever is logged in with the old one is no more."
    },
    footer = {"%nExample:", "  jiggety account password ada"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AccountPasswordCommand implements Runnable {
  @Mixin private HubOption hub;
  @Mixin private PasswordOption password;

  @Parameters(paramLabel = "NAME", description = "Whose.")
  private String name;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Secret secret = password.read(name);
    try (Hub open = hub.open()) {
      new Accounts(open).setPassword(name, secret);
    }
    spec.commandLine().getOut().println("changed the password of " + name);
  }
}
