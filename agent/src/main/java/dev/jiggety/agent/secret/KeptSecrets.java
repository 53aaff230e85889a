package dev.jiggety.agent.secret;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.jiggety.base.PrivateFiles;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.SecretDocument;
import dev.jiggety.document.SecretsDocument;
import dev.jiggety.model.SealedSecret;
import dev.jiggety.model.SecretIndex;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a node keeps of sealed secrets, as sealed as it came, in one file for its owner alone: for a
 * start without the hub, and so that an older state is never believed.
 */
final class KeptSecrets {
  private static final Logger LOG = System.getLogger(KeptSecrets.class.getName());
  private static final int SCHEMA = 1;

  private final Path file;

  KeptSecrets(Path file) {
    this.file = file;
  }

  /**
   * What is kept.
   *
   * @param index the newest that was believed
   * @param secrets each with this node's key alone
   */
  record Kept(SecretIndex index, List<SealedSecret> secrets) {}

  /** What was kept last; nothing of a file that is damaged, which is replaced by the next one. */
  Kept read() {
    Kept none = new Kept(SecretIndex.NONE, List.of());
    if (!Files.exists(file)) {
      return none;
    }
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      List<SealedSecret> secrets = new ArrayList<>();
      for (JsonElement secret : json.getAsJsonArray("secrets")) {
        secrets.add(SecretDocument.TYPE.read(secret.getAsJsonObject()));
      }
      return new Kept(SecretsDocument.TYPE.read(json.getAsJsonObject("index")), secrets);
    } catch (IOException
        | JsonParseException
        | DocumentException
        | IllegalStateException
        | NullPointerException e) {
      LOG.log(
          Level.WARNING,
          "{0} cannot be read; the sealed secrets come from the hub again ({1})",
          file,
          e.getClass().getSimpleName());
      return none;
    }
  }

  void write(SecretIndex index, Collection<SealedSecret> secrets) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("schema", SCHEMA);
    json.add("index", SecretsDocument.TYPE.write(index));
    JsonArray all = new JsonArray();
    secrets.forEach(it -> all.add(SecretDocument.TYPE.write(it)));
    json.add("secrets", all);
    PrivateFiles.replace(file, json + "\n");
  }
}
