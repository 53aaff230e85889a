package dev.jiggety.agent.release;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.model.AgentRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The schema of all that a node keeps on its disk, one number for all of its files. A new version
 * only adds: tables, columns that may be absent, files. So what was before starts with what a newer
 * one leaves, and nothing has to be copied or taken back on a fall-back. The number grows with each
 * addition; a test compares the files that are made with those of each earlier number.
 *
 * <p>Where one day something has to go, it goes in two releases: the first stops to need it, the
 * second takes it away and says by {@code leaves} that nothing older than the first can go on.
 */
public final class DataSchema {
  /** What this version makes. */
  public static final AgentRelease.Data OWN = new AgentRelease.Data(1, 1, 1);

  private static final String FILE = "schema.json";

  private DataSchema() {}

  /**
   * What a folder says of itself.
   *
   * @param schema the highest that any program made of it
   * @param leaves the lowest one whose programs can go on with it
   */
  record Found(int schema, int leaves) {}

  /** What a folder says after this version has been at it: never less than before. */
  static Found after(Found found, AgentRelease.Data own) {
    return new Found(
        Math.max(found.schema(), own.schema()), Math.max(found.leaves(), own.leaves()));
  }

  /** Whether a program of that schema can go on with it. */
  static boolean isFit(Found found, AgentRelease.Data own) {
    return own.schema() >= found.leaves() && own.reads() <= found.schema();
  }

  /**
   * Begins with a node's data folder: a new one gets this version's number.
   *
   * @throws IOException with one line, when a newer version left what this one cannot read
   */
  public static void enter(Path data) throws IOException {
    Found own = new Found(OWN.schema(), OWN.leaves());
    Path file = data.resolve(FILE);
    Found found = Files.exists(file) ? read(data) : own;
    if (!isFit(found, OWN)) {
      throw new IOException(
          "a newer version left its data in %s (schema %d, this one is %d); install that version"
              .formatted(data, found.schema(), OWN.schema()));
    }
    Found after = after(found, OWN);
    if (!Files.exists(file) || !after.equals(found)) {
      JsonObject json = new JsonObject();
      json.addProperty("schema", after.schema());
      json.addProperty("leaves", after.leaves());
      Durable.write(file, json + "\n");
    }
  }

  static Found read(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      return new Found(OWN.schema(), OWN.leaves());
    }
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return new Found(json.get("schema").getAsInt(), json.get("leaves").getAsInt());
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NullPointerException
        | NumberFormatException e) {
      throw new IOException(file + " is damaged; delete it", e);
    }
  }

  static void copy(Path data, Path target) throws IOException {
    Path file = data.resolve(FILE);
    if (Files.exists(file)) {
      Files.copy(file, target.resolve(FILE));
    }
  }
}
