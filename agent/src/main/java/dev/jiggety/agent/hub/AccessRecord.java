package dev.jiggety.agent.hub;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.document.AccessEvents;
import dev.jiggety.document.DocumentException;
import dev.jiggety.model.AccessEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what a hub has recorded in its folder, also while it runs. */
public final class AccessRecord {
  private AccessRecord() {}

  /**
   * All that is still there, the oldest first; nothing where there is no record. A line that was
   * torn by a power cut is left out.
   *
   * @param folder the hub's data folder
   * @throws UncheckedIOException when it cannot be read
   */
  public static List<AccessEvent> read(Path folder) {
    var events = new ArrayList<AccessEvent>();
    for (var name : List.of(AccessLog.OLDER, AccessLog.FILE)) {
      var file = folder.resolve(name);
      if (Files.exists(file)) {
        read(file, events);
      }
    }
    return events;
  }

  private static void read(Path file, List<AccessEvent> events) {
    try {
      for (var line : Files.readAllLines(file)) {
        try {
          if (JsonParser.parseString(line) instanceof JsonObject json) {
            events.add(AccessEvents.read(json));
          }
        } catch (JsonParseException | DocumentException e) {
          // Torn, or written by a newer version: the others still tell.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
