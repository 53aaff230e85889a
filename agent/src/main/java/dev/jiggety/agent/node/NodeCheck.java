package dev.jiggety.agent.node;

import com.google.gson.JsonObject;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.release.DataSchema;
import dev.jiggety.agent.result.LocalBatches;
import dev.jiggety.agent.result.Outbox;
import dev.jiggety.agent.result.OutboxOptions;
import dev.jiggety.agent.slot.SlotFile;
import dev.jiggety.agent.slot.SlotState;
import dev.jiggety.agent.store.Databases;
import dev.jiggety.document.ConfigurationRules;
import dev.jiggety.document.DatabaseNames;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Whether this program could be a node with these data: opens everything that a node opens, and
 * tests nothing. For a copy: it may upgrade what it finds.
 */
public final class NodeCheck {
  private NodeCheck() {}

  /**
   * Opens and closes all of it.
   *
   * @param data the copy of a node's data folder
   * @return what was found, for whoever reads along
   * @throws NodeStartException with one line, when a node could not start
   */
  public static JsonObject run(Path data) {
    Probes.load();
    InstantSource clock = InstantSource.system();
    JsonObject found = new JsonObject();
    try (Databases databases = DataFolder.open(data)) {
      DataSchema.enter(data);
      found.addProperty("schema", DataSchema.OWN.schema());
      databases.list().forEach(name -> databases.find(name).orElseThrow().info());
      found.addProperty("databases", databases.list().size());
      try (Outbox outbox =
          Outbox.open(
              data.resolve("outbox.db"),
              OutboxOptions.defaults("check", DatabaseNames.DEFAULT, clock),
              new LocalBatches(databases, _ -> 0L))) {
        found.addProperty("backlog", outbox.state().backlog());
      }
      try (SlotFile slots = SlotFile.open(data.resolve("slots.db"), clock)) {
        var active = SlotState.of("check", slots.load()).active().configuration();
        ConfigurationRules.problems(active);
        found.addProperty("documents", active.documents().size());
      }
      return found;
    } catch (IOException | RuntimeException e) {
      throw new NodeStartException(String.valueOf(e.getMessage()), e);
    }
  }
}
