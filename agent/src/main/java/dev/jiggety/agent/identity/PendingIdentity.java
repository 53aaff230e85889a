package dev.jiggety.agent.identity;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.base.Secret;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SealingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a node that asks to be let in has made for itself, in the file {@code pending.json} beside
 * its sealing key: written before the hub hears of it, so that a kill at any moment loses neither
 * the password of an account nor the key of a member. It stays there with the identity, for the
 * same token must find what it has made.
 *
 * @param invitation the id of the invitation that it came with
 * @param name what it asked to be called
 * @param tags what it is invited as
 * @param password that of its account
 * @param sealing its key
 * @param keys the managers that it is to believe; at least one
 */
public record PendingIdentity(
    String invitation,
    String name,
    NavigableSet<String> tags,
    Secret password,
    SealingKey sealing,
    List<TrustedKey> keys) {
  private static final String FILE = "pending.json";
  private static final String SEALING = "sealing-key";
  private static final String TRUST = "trust";

  public PendingIdentity {
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
    keys = List.copyOf(keys);
  }

  /**
   * The one in a node's data folder; empty where nothing was asked from there.
   *
   * @throws IllegalArgumentException with one line that names the file and the remedy
   */
  public static Optional<PendingIdentity> find(Path data) {
    Path folder = data.resolve(NodeIdentity.FOLDER);
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      PrivateFiles.refuseReadableByOthers(file, "file");
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return Optional.of(
          new PendingIdentity(
              json.get("invitation").getAsString(),
              json.get("name").getAsString(),
              new TreeSet<>(NodeIdentity.texts(json, "tags")),
              Secret.of(json.get("password").getAsString()),
              SealingKey.read(folder.resolve(SEALING)),
              KeyFile.readTrusted(folder.resolve(TRUST))));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NullPointerException _) {
      // Without the cause, whose text might show what stands there.
      throw new IllegalArgumentException(
          file + " is damaged; remove the folder " + folder + " and ask for a new token");
    }
  }

  /** Writes it, for its owner alone. The key that is there already stays. */
  public void write(Path data) throws IOException {
    Path folder = data.resolve(NodeIdentity.FOLDER);
    Path key = folder.resolve(SEALING);
    if (!Files.exists(key)) {
      sealing.create(key);
    }
    PrivateFiles.replace(folder.resolve(TRUST), NodeIdentity.trustText(keys));
    JsonObject json = new JsonObject();
    json.addProperty("invitation", invitation);
    json.addProperty("name", name);
    json.add("tags", NodeIdentity.array(tags));
    json.addProperty("password", password.reveal());
    PrivateFiles.replace(folder.resolve(FILE), json + "\n");
  }

  /** The sealing key that a folder holds already, or a new one. */
  public static SealingKey sealingKey(Path data) {
    Path key = data.resolve(NodeIdentity.FOLDER).resolve(SEALING);
    return Files.exists(key) ? SealingKey.read(key) : SealingKey.generate();
  }
}
