package dev.jiggety.agent.result;

import dev.jiggety.agent.store.Databases;
import dev.jiggety.document.DatabaseNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A process that keeps results until somebody kills it, and says which ones are durable. */
final class OutboxChild {
  private OutboxChild() {}

  static Outbox open(Path folder, Databases databases) {
    return Outbox.open(
        folder.resolve("outbox.db"),
        OutboxOptions.defaults("berlin", DatabaseNames.DEFAULT, InstantSource.system())
            .withFlushEvery(Duration.ofMillis(50))
            .withMostRuns(70),
        new LocalBatches(databases));
  }

  /** Arguments: the folder, and the number of the first run. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Instant base = Instant.parse("2026-11-18T10:00:00Z");
    try (Databases databases =
            Databases.open(folder.resolve("databases"), Databases.Options.defaults());
        Outbox outbox = open(folder, databases)) {
      for (int i = Integer.parseInt(args[1]); true; i++) {
        outbox.add(Runs.up("home", base.plusSeconds(i)));
        if (i % 150 == 0) {
          while (outbox.state().inMemory() > 0) {
            Thread.onSpinWait();
          }
          System.out.println(i);
        }
      }
    }
  }
}
