package dev.jiggety.agent.backup;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a backup holds, in its file {@value #FILE}, which is written last: a backup without it was
 * cut off.
 *
 * @param files by their path in the folder, with {@code /}
 */
public record Manifest(Role role, Instant at, String version, List<Entry> files) {
  static final String FILE = "backup.json";
  private static final int SCHEMA = 1;

  public Manifest {
    files = List.copyOf(files);
  }

  /** One file, with the SHA-256 of its content. */
  public record Entry(String name, long bytes, String sha256) {}

  static Entry entry(Path folder, Path file) throws IOException {
    MessageDigest digest = sha256();
    long bytes;
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      bytes = in.transferTo(out);
    }
    return new Entry(
        folder.relativize(file).toString().replace('\\', '/'),
        bytes,
        HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  long bytes() {
    return files.stream().mapToLong(Entry::bytes).sum();
  }

  void write(Path folder) throws IOException {
    JsonArray entries = new JsonArray();
    for (Entry entry : files) {
      JsonObject file = new JsonObject();
      file.addProperty("name", entry.name());
      file.addProperty("bytes", entry.bytes());
      file.addProperty("sha256", entry.sha256());
      entries.add(file);
    }
    JsonObject json = new JsonObject();
    json.addProperty("schema", SCHEMA);
    json.addProperty("role", role.label());
    json.addProperty("at", at.toString());
    json.addProperty("version", version);
    json.add("files", entries);
    Files.writeString(
        folder.resolve(FILE), new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n");
  }

  /**
   * The one of a backup.
   *
   * @throws BackupException where there is none, or none that this version reads
   */
  static Manifest read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      if (json.get("schema").getAsInt() > SCHEMA) {
        throw new BackupException(file + " is of a newer version; update this program");
      }
      List<Entry> files = new ArrayList<>();
      for (JsonElement one : json.getAsJsonArray("files")) {
        JsonObject entry = one.getAsJsonObject();
        files.add(
            new Entry(
                entry.get("name").getAsString(),
                entry.get("bytes").getAsLong(),
                entry.get("sha256").getAsString()));
      }
      return new Manifest(
          Role.parse(json.get("role").getAsString()),
          Instant.parse(json.get("at").getAsString()),
          json.get("version").getAsString(),
          files);
    } catch (NoSuchFileException e) {
      throw new BackupException(
          folder + " holds no whole backup: it has no " + FILE + ", which is written last", e);
    } catch (IOException e) {
      throw new BackupException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NullPointerException
        | java.time.DateTimeException e) {
      throw new BackupException(file + " is damaged; take another backup", e);
    }
  }
}
