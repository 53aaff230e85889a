package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.repository.couch.Provisioner;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jiggety provision}: what a hub needs before anything works. */
@Command(
    name = "provision",
    description = {
      "Make the databases on a hub: configuration, status, results of this week and the next ones.",
      "Can be repeated at any time; makes only what is missing."
    },
    footer = {"%nExample:", "  jiggety provision --hub http://127.0.0.1:5984"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ProvisionCommand implements Runnable {
  @Mixin private HubOption hub;
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    try (Hub open = hub.open()) {
      Provisioner.Report report = new Provisioner(open, hub.names()).provision(Instant.now());
      report.created().forEach(name -> spec.commandLine().getOut().println("created " + name));
      report.notes().forEach(note -> spec.commandLine().getOut().println("note: " + note));
      spec.commandLine()
          .getOut()
          .println(
              "the hub is ready: "
                  + report.created().size()
                  + " made, "
                  + report.found().size()
                  + " were there");
    }
  }
}
