package dev.jiggety.agent.cli;

import dev.jiggety.agent.store.FolderBackup;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety backup}: the databases of a hub, while it runs. */
@Command(
    name = "backup",
    description = {
      "Copy the databases of an embedded hub into another folder; it may run meanwhile.",
      "Each database is copied as it is at one moment. To restore, stop the hub, put the copies in",
      "place of its databases, start it."
    },
    footer = {
      "%nExample:",
      "  jiggety backup --data /var/lib/jiggety/hub --to /backup/$(date +%%F)"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class BackupCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data folder of the hub.")
  private Path data;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Where to put the copies; a folder without databases.")
  private Path target;

  @Override
  public void run() {
    var copied = FolderBackup.copy(data, target);
    var out = spec.commandLine().getOut();
    copied.forEach(name -> out.println("copied " + name));
    out.println("the backup is whole: " + copied.size() + " databases");
  }
}
