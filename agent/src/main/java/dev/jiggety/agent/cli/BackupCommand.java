package dev.jiggety.agent.cli;

import dev.jiggety.agent.backup.Backups;
import dev.jiggety.agent.backup.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety backup}: what a hub, a manager or a node keeps, while it runs. */
@Command(
    name = "backup",
    description = {
      "Copy what an embedded hub, a manager or a node keeps into another folder.",
      "It may run meanwhile; each database is copied as it is at one moment. The copy holds keys and",
      "accounts: it is for nobody else to read. jiggety restore brings it back."
    },
    footer = {
      "%nExample:",
      "  jiggety backup --data /var/lib/jiggety/hub --to /backup/$(date +%%F)"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BackupCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "The data folder.")
  private Path data;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Where to put the copy; a folder that is empty, or a new one.")
  private Path target;

  @Override
  public void run() {
    Manifest made = Backups.make(data, target, Instant.now(), Version.text());
    var out = spec.commandLine().getOut();
    made.files().forEach(file -> out.println("copied " + file.name()));
    out.println(
        "the backup of this %s is whole: %d files"
            .formatted(made.role().label(), made.files().size()));
  }
}
