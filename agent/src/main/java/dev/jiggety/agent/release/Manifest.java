package dev.jiggety.agent.release;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.model.AgentRelease;
import dev.jiggety.model.rules.ReleaseRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is in a bundle: its first entry, {@value #NAME}. Whoever takes a bundle apart writes what
 * stands here and nothing else, whatever the archive says of its entries.
 *
 * @param version of the program
 * @param platform that it is made for
 * @param data what it does with a node's data
 * @param files in their order in the bundle
 */
public record Manifest(String version, String platform, AgentRelease.Data data, List<Entry> files) {
  static final String NAME = "manifest.json";

  /** Larger is no manifest: far more files than a program has. */
  static final int LARGEST = 8 << 20;

  private static final int LONGEST_PATH = 240;

  /** Names that mean the same on every file system: no blanks, no colons, no device names. */
  private static final Pattern NAME_PART = Pattern.compile("[A-Za-z0-9_+@$-][A-Za-z0-9._+@$-]*");

  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?", Pattern.CASE_INSENSITIVE);

  public Manifest {
    files = List.copyOf(files);
  }

  /**
   * A file.
   *
   * @param path below the folder of the program, with slashes
   * @param size in bytes
   * @param sha256 of its content
   * @param executable whether it can be run
   */
  public record Entry(String path, long size, String sha256, boolean executable) {}

  /** All files together, in bytes. */
  public long unpacked() {
    return files.stream().mapToLong(Entry::size).sum();
  }

  /** Whether a file may be called so: it stays in its folder, and is the same on every system. */
  static boolean isSafe(String path) {
    if (path.isEmpty() || path.length() > LONGEST_PATH) {
      return false;
    }
    for (String name : path.split("/", -1)) {
      if (!NAME_PART.matcher(name).matches()
          || name.endsWith(".")
          || DEVICE.matcher(name).matches()) {
        return false;
      }
    }
    return true;
  }

  String write() {
    JsonObject json = new JsonObject();
    json.addProperty("version", version);
    json.addProperty("platform", platform);
    JsonObject schemas = new JsonObject();
    schemas.addProperty("schema", data.schema());
    schemas.addProperty("reads", data.reads());
    schemas.addProperty("leaves", data.leaves());
    json.add("data", schemas);
    JsonArray array = new JsonArray();
    for (Entry file : files) {
      JsonObject one = new JsonObject();
      one.addProperty("path", file.path());
      one.addProperty("size", file.size());
      one.addProperty("sha256", file.sha256());
      if (file.executable()) {
        one.addProperty("executable", true);
      }
      array.add(one);
    }
    json.add("files", array);
    return json.toString();
  }

  /**
   * Reads one.
   *
   * @throws UnfitReleaseException when it is none, or names files that must not be written
   */
  static Manifest read(String text) throws UnfitReleaseException {
    try {
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      JsonObject data = json.getAsJsonObject("data");
      List<Entry> files = new ArrayList<>();
      for (JsonElement element : json.getAsJsonArray("files")) {
        JsonObject file = element.getAsJsonObject();
        files.add(
            new Entry(
                file.get("path").getAsString(),
                file.get("size").getAsLong(),
                file.get("sha256").getAsString(),
                file.has("executable") && file.get("executable").getAsBoolean()));
      }
      return new Manifest(
              json.get("version").getAsString(),
              json.get("platform").getAsString(),
              new AgentRelease.Data(
                  data.get("schema").getAsInt(),
                  data.get("reads").getAsInt(),
                  data.get("leaves").getAsInt()),
              files)
          .checked();
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NullPointerException
        | NumberFormatException
        | ClassCastException e) {
      throw new UnfitReleaseException("its manifest cannot be read");
    }
  }

  private Manifest checked() throws UnfitReleaseException {
    Set<String> seen = new HashSet<>();
    long sum = 0;
    for (Entry file : files) {
      if (!isSafe(file.path())) {
        throw new UnfitReleaseException(
            "a file in it must not be written: " + file.path().replaceAll("\\p{Cntrl}", "?"));
      }
      // A system that does not tell cases apart would write one over the other.
      if (!seen.add(file.path().toLowerCase(Locale.ROOT))) {
        throw new UnfitReleaseException("a file is in it twice: " + file.path());
      }
      if (file.size() < 0 || file.size() > ReleaseRules.LARGEST_UNPACKED) {
        throw new UnfitReleaseException("a file in it is too large: " + file.path());
      }
      sum += file.size();
    }
    if (sum > ReleaseRules.LARGEST_UNPACKED) {
      throw new UnfitReleaseException("it is too large when unpacked");
    }
    return this;
  }
}
