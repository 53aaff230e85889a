package dev.jiggety.agent.identity;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SealingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who a node is, and whom it believes. In the folder {@value #FOLDER} of its data folder: {@code
 * node.json} with what is no secret, {@code account} (two lines, user and password), {@code
 * sealing-key}, {@code trust} (public keys of managers and operators, one a line), and {@code
 * hub-ca.pem} where the hub speaks TLS: the certificates that its own must go back to, and no
 * others.
 *
 * @param name the node's, and that of its account
 * @param tags by which tests choose it
 * @param hubs where hubs are, the preferred one first; at least one
 * @param names what the databases are called
 * @param account who it is to the hubs
 * @param trust keys that it believes whatever the configuration says; a manager's among them
 * @param sealing opens the secrets that are sealed to it
 * @param authority PEM text of {@code hub-ca.pem}; empty where the hub speaks no TLS
 */
public record NodeIdentity(
    String name,
    NavigableSet<String> tags,
    List<String> hubs,
    DatabaseNames names,
    Credentials account,
    List<TrustedKey> trust,
    SealingKey sealing,
    String authority) {
  /** The folder in the node's data folder. */
  public static final String FOLDER = "identity";

  private static final String NODE = "node.json";
  private static final String ACCOUNT = "account";
  private static final String SEALING = "sealing-key";
  private static final String TRUST = "trust";
  private static final String AUTHORITY = "hub-ca.pem";
  private static final int SCHEMA = 1;

  public NodeIdentity {
    tags = Collections.unmodifiableNavigableSet(new TreeSet<>(tags));
    hubs = List.copyOf(hubs);
    trust = List.copyOf(trust);
    if (!Ids.NAME.matcher(name).matches() || hubs.isEmpty()) {
      throw new IllegalArgumentException("a node has a name and at least one hub");
    }
  }

  /** Whether there is one in a node's data folder. */
  public static boolean isIn(Path data) {
    return Files.exists(data.resolve(FOLDER).resolve(NODE));
  }

  /** The file with the hub's authorities; it is there where the hub speaks TLS. */
  public static Path authorityFile(Path data) {
    return data.resolve(FOLDER).resolve(AUTHORITY);
  }

  /** The hubs with the node's account. */
  public List<HubAddress> addresses() {
    return hubs.stream().map(hub -> HubAddress.parse(hub, Optional.of(account))).toList();
  }

  /**
   * The one in a node's data folder.
   *
   * @throws IllegalArgumentException with one line that names the file and the remedy
   */
  public static NodeIdentity read(Path data) {
    Path folder = data.resolve(FOLDER);
    Path file = folder.resolve(NODE);
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      if (json.get("schema").getAsInt() > SCHEMA) {
        throw new IllegalArgumentException(file + " is of a newer version; update this program");
      }
      Path authority = folder.resolve(AUTHORITY);
      return new NodeIdentity(
          json.get("name").getAsString(),
          new TreeSet<>(texts(json, "tags")),
          texts(json, "hubs"),
          new DatabaseNames(json.get("prefix").getAsString()),
          Credentials.fromFile(folder.resolve(ACCOUNT)),
          KeyFile.readTrusted(folder.resolve(TRUST)),
          SealingKey.read(folder.resolve(SEALING)),
          Files.exists(authority) ? Files.readString(authority) : "");
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the node's identity in " + folder, e);
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NullPointerException
        | NumberFormatException e) {
      throw new IllegalArgumentException(
          file + " is damaged; bring it back from a copy, or enroll the node again", e);
    }
  }

  /**
   * Writes it into a node's data folder; {@code node.json} comes last, so that what a kill leaves
   * is none. A sealing key that is there stays and has to be this one.
   */
  public void write(Path data) throws IOException {
    Path folder = data.resolve(FOLDER);
    Path key = folder.resolve(SEALING);
    if (!Files.exists(key)) {
      sealing.create(key);
    } else if (!SealingKey.read(key).open().equals(sealing.open())) {
      throw new IllegalArgumentException(
          "there is another node's sealing key in " + key + "; choose another data folder");
    }
    PrivateFiles.replace(
        folder.resolve(ACCOUNT), account.user() + "\n" + account.password().reveal() + "\n");
    PrivateFiles.replace(folder.resolve(TRUST), trustText(trust));
    if (!authority.isEmpty()) {
      PrivateFiles.replace(folder.resolve(AUTHORITY), authority);
    }
    JsonObject json = new JsonObject();
    json.addProperty("schema", SCHEMA);
    json.addProperty("name", name);
    json.add("tags", array(tags));
    json.add("hubs", array(hubs));
    json.addProperty("prefix", names.prefix());
    PrivateFiles.replace(
        folder.resolve(NODE),
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(json) + "\n");
  }

  /** Keys as a file holds them. */
  static String trustText(List<TrustedKey> keys) {
    return keys.stream().map(KeyFile::line).collect(Collectors.joining("\n", "", "\n"));
  }

  static List<String> texts(JsonObject json, String name) {
    List<String> texts = new ArrayList<>();
    for (JsonElement element : json.getAsJsonArray(name)) {
      texts.add(element.getAsString());
    }
    return texts;
  }

  static JsonArray array(Iterable<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
