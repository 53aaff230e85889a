package dev.jiggety.desktop.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How a person had arranged the screens, in the file {@code views.json} beside the settings: one
 * small object for each screen, which the screen alone understands. What cannot be read counts as
 * never arranged. Safe for any thread; {@link #put} writes, so call it off the FX thread.
 */
public final class Remembered {
  private static final System.Logger LOG = System.getLogger(Remembered.class.getName());
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private final Path file;
  private final JsonObject all;

  /** Reads the file in a folder, which need not be there yet. */
  public Remembered(Path folder) {
    this.file = folder.resolve("views.json");
    this.all = load(file);
  }

  /** How a screen was arranged; empty for never. Not to be changed. */
  public synchronized JsonObject get(String screen) {
    return all.get(screen) instanceof JsonObject known ? known.deepCopy() : new JsonObject();
  }

  /** Remembers how a screen is arranged; there is never half a file. */
  public synchronized void put(String screen, JsonObject arranged) {
    if (arranged.equals(all.get(screen))) {
      return;
    }
    all.add(screen, arranged.deepCopy());
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path draft = file.resolveSibling("views.json.new");
      Files.writeString(draft, GSON.toJson(all) + "\n");
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "screens cannot be remembered in " + file + ": " + e);
    }
  }

  private static JsonObject load(Path file) {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (NoSuchFileException e) {
      return new JsonObject();
    } catch (IOException | JsonParseException | IllegalStateException e) {
      LOG.log(System.Logger.Level.WARNING, "screens in " + file + " cannot be read: " + e);
      return new JsonObject();
    }
  }
}
