package dev.jiggety.agent.manager;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.KeyRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The memory in a file of the manager's data folder. */
final class MemoryFile implements Memory {
  private static final int SCHEMA = 1;

  private final Path file;
  private @Nullable Kept kept;

  private MemoryFile(Path file, @Nullable Kept kept) {
    this.file = file;
    this.kept = kept;
  }

  /**
   * Reads it, where it is there.
   *
   * @throws IllegalArgumentException when it is damaged: whom to believe is for people to say
   */
  static MemoryFile open(Path file) {
    try {
      return new MemoryFile(file, Files.exists(file) ? read(Files.readString(file)) : null);
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | NullPointerException
        | NumberFormatException
        | DocumentException e) {
      throw new IllegalArgumentException(
          "what this manager believed last cannot be read from %s (%s); take a copy of it, or move it away and start with --trust and the keys of the managers"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Kept read(String text) {
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    if (json.get("schema").getAsInt() != SCHEMA) {
      throw new IllegalStateException("another version of Jiggety wrote it");
    }
    List<TrustedKey> managers = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray("managers")) {
      TrustedKey key = KeyDocument.TYPE.read(element.getAsJsonObject());
      if (!KeyRules.problems(key).isEmpty()) {
        throw new IllegalStateException("the key " + key.id() + " is none");
      }
      managers.add(key);
    }
    return new Kept(
        json.get("version").getAsLong(),
        json.get("epoch").getAsLong(),
        json.get("release").getAsLong(),
        json.get("seq").getAsLong(),
        managers,
        json.has("hub") ? json.get("hub").getAsString() : "");
  }

  @Override
  public Optional<Kept> kept() {
    return Optional.ofNullable(kept);
  }

  @Override
  public void keep(Kept now) throws IOException {
    if (now.equals(kept)) {
      return;
    }
    JsonObject json = new JsonObject();
    json.addProperty("schema", SCHEMA);
    json.addProperty("version", now.version());
    json.addProperty("epoch", now.epoch());
    json.addProperty("release", now.release());
    json.addProperty("seq", now.seq());
    json.addProperty("hub", now.hub());
    JsonArray managers = new JsonArray();
    now.managers().forEach(key -> managers.add(KeyDocument.TYPE.write(key)));
    json.add("managers", managers);
    PrivateFiles.replace(file, json + "\n");
    kept = now;
  }

  @Override
  public String place() {
    return file.toString();
  }
}
