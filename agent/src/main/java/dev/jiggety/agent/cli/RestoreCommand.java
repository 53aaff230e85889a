package dev.jiggety.agent.cli;

import dev.jiggety.agent.backup.Backups;
import dev.jiggety.agent.backup.Backups.Restored;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.agent.store.StoredDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.Ids;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jiggety restore}: brings back what {@code jiggety backup} copied. */
@Command(
    name = "restore",
    description = {
      "Check a backup and put it in the place of a data folder, whose role must not run.",
      "What stands there is moved aside, not deleted. Says what to do next where others know a newer",
      "state."
    },
    footer = {
      "%nExample:",
      "  systemctl stop jiggety-hub",
      "  jiggety restore --from /backup/2026-11-22 --data /var/lib/jiggety/hub --replace",
      "  systemctl start jiggety-hub"
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RestoreCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--from", paramLabel = "DIR", required = true, description = "The backup.")
  private Path source;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "The data folder.")
  private Path data;

  @Option(names = "--replace", description = "Move what stands there aside first.")
  private boolean replace;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = DatabaseNames.DEFAULT_PREFIX,
      description = "What the names of a hub's databases begin with (default: ${DEFAULT-VALUE}).")
  private String prefix;

  @Override
  public void run() {
    Restored restored = Backups.restore(source, data, replace, Instant.now());
    PrintWriter out = spec.commandLine().getOut();
    restored.before().ifPresent(aside -> out.println("what stood there is in " + aside));
    out.println(
        "brought back the %s of %s: %d files"
            .formatted(
                restored.manifest().role().label(),
                restored.manifest().at(),
                restored.manifest().files().size()));
    next(restored).forEach(out::println);
  }

  private List<String> next(Restored restored) {
    return switch (restored.manifest().role()) {
      case HUB -> hub();
      case NODE ->
          List.of(
              "next: start the node. It pulls the tests from the hub; results that the hub did not",
              "have when its disk was lost are lost with it.");
      case MANAGER ->
          List.of(
              "next: start the manager. Its line of patches is made again from the hub. If another",
              "manager took its place meanwhile, stop that one first.");
    };
  }

  /** Managers and nodes refuse a head that is older than one they have seen. */
  private List<String> hub() {
    Optional<Long> version = headVersion();
    if (version.isEmpty()) {
      return List.of("next: start the hub. No head stands on it, so nobody knows a newer one.");
    }
    return List.of(
        "next: start the hub, then the manager once with --accept-older-head "
            + version.get()
            + ":",
        "it goes on from that head and numbers the next ones behind those that nodes have seen.",
        "Without it manager and nodes refuse the head, where they have seen a newer one. Patches that",
        "were handed in after the backup have to be handed in again.");
  }

  private Optional<Long> headVersion() {
    try (Databases databases = Databases.open(data, Databases.Options.defaults())) {
      return databases
          .find(new DatabaseNames(prefix).config())
          .flatMap(store -> store.get(Ids.head()))
          .filter(head -> !head.deleted())
          .flatMap(RestoreCommand::version);
    }
  }

  private static Optional<Long> version(StoredDocument head) {
    try {
      var json = head.body();
      json.addProperty("_id", head.id());
      return Optional.of(HeadDocument.TYPE.read(json).version());
    } catch (DocumentException e) {
      return Optional.empty(); // of a newer version, or by hand: the manager says so
    }
  }
}
