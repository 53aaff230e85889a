package dev.jiggety.desktop.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.jiggety.desktop.session.Settings.KnownHub;
import dev.jiggety.desktop.session.Settings.Look;
import dev.jiggety.desktop.session.Settings.WindowPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The settings in a file, {@code desktop.json}. A file that cannot be read counts as a first start
 * and is said so in the log; one that cannot be written is said once and the program goes on. Safe
 * for any thread; {@link #change} writes, so call it off the FX thread.
 */
public final class SettingsFile {
  private static final System.Logger LOG = System.getLogger(SettingsFile.class.getName());
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private final Path file;
  private Settings settings;

  /** Reads the file in a folder, which need not be there yet. */
  public SettingsFile(Path folder) {
    this.file = folder.resolve("desktop.json");
    this.settings = load(file);
  }

  /** Where the settings are. */
  public Path path() {
    return file;
  }

  /** What is in force. */
  public synchronized Settings get() {
    return settings;
  }

  /** Changes and writes the settings, in one step for the file: there is never half a file. */
  public synchronized void change(UnaryOperator<Settings> change) {
    Settings changed = change.apply(settings);
    if (changed.equals(settings)) {
      return;
    }
    settings = changed;
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path draft = file.resolveSibling("desktop.json.new");
      Files.writeString(draft, GSON.toJson(write(changed)) + "\n");
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "settings cannot be written to " + file + ": " + e);
    }
  }

  private static Settings load(Path file) {
    try {
      return read(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    } catch (NoSuchFileException e) {
      return Settings.FIRST;
    } catch (IOException | JsonParseException | IllegalStateException e) {
      LOG.log(System.Logger.Level.WARNING, "settings in " + file + " cannot be read: " + e);
      return Settings.FIRST;
    }
  }

  private static Settings read(JsonObject json) {
    List<KnownHub> hubs = new ArrayList<>();
    if (json.get("hubs") instanceof JsonArray array) {
      for (JsonElement element : array) {
        if (element instanceof JsonObject hub && !text(hub, "url", "").isEmpty()) {
          hubs.add(
              new KnownHub(
                  text(hub, "url", ""), text(hub, "user", ""), text(hub, "authority", "")));
        }
      }
    }
    return new Settings(
        hubs, window(json), text(json, "keyFile", ""), look(json), text(json, "place", ""));
  }

  private static WindowPlace window(JsonObject json) {
    WindowPlace first = Settings.FIRST.window();
    return json.get("window") instanceof JsonObject place
        ? new WindowPlace(
            number(place, "width", first.width()),
            number(place, "height", first.height()),
            flag(place, "maximized", first.maximized()),
            number(place, "x", first.x()),
            number(place, "y", first.y()))
        : first;
  }

  private static Look look(JsonObject json) {
    Look first = Settings.FIRST.look();
    return new Look(
        text(json, "theme", first.theme()),
        text(json, "language", first.language()),
        (int) number(json, "textSize", first.size()),
        flag(json, "notices", first.notices()));
  }

  private static JsonObject write(Settings settings) {
    JsonObject json = new JsonObject();
    JsonArray hubs = new JsonArray();
    for (KnownHub known : settings.hubs()) {
      JsonObject hub = new JsonObject();
      hub.addProperty("url", known.url());
      hub.addProperty("user", known.user());
      if (!known.authority().isEmpty()) {
        hub.addProperty("authority", known.authority());
      }
      hubs.add(hub);
    }
    json.add("hubs", hubs);
    Look look = settings.look();
    json.addProperty("theme", look.theme());
    if (!look.language().isEmpty()) {
      json.addProperty("language", look.language());
    }
    json.addProperty("textSize", look.size());
    json.addProperty("notices", look.notices());
    JsonObject window = new JsonObject();
    window.addProperty("width", settings.window().width());
    window.addProperty("height", settings.window().height());
    window.addProperty("maximized", settings.window().maximized());
    if (settings.window().isPlaced()) {
      window.addProperty("x", settings.window().x());
      window.addProperty("y", settings.window().y());
    }
    json.add("window", window);
    if (!settings.place().isEmpty()) {
      json.addProperty("place", settings.place());
    }
    if (!settings.keyFile().isEmpty()) {
      json.addProperty("keyFile", settings.keyFile());
    }
    return json;
  }

  private static String text(JsonObject json, String name, String fallback) {
    return json.get(name) instanceof JsonPrimitive text && text.isString()
        ? text.getAsString()
        : fallback;
  }

  private static boolean flag(JsonObject json, String name, boolean fallback) {
    return (json.get(name) instanceof JsonPrimitive flag && flag.isBoolean())
        ? flag.getAsBoolean()
        : fallback;
  }

  private static double number(JsonObject json, String name, double fallback) {
    return json.get(name) instanceof JsonPrimitive number && number.isNumber()
        ? number.getAsDouble()
        : fallback;
  }
}
