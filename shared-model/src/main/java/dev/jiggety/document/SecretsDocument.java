package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.SecretIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one {@code secrets} document beside the configuration; see docs/documents/secrets.md. */
public final class SecretsDocument implements DocumentType<SecretIndex> {
  /** The one instance; it has no state. */
  public static final SecretsDocument TYPE = new SecretsDocument();

  private SecretsDocument() {}

  @Override
  public String type() {
    return "secrets";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(SecretIndex index) {
    return Ids.secrets();
  }

  @Override
  public JsonObject write(SecretIndex index) {
    JsonObject json = Documents.envelope(Ids.secrets(), type(), schema());
    json.addProperty("version", index.version());
    JsonObject secrets = new JsonObject();
    index
        .secrets()
        .forEach((name, entry) -> {
          JsonObject one = new JsonObject();
          one.addProperty("version", entry.version());
          one.addProperty("content", entry.content());
          secrets.add(name, one);
        });
    json.add("secrets", secrets);
    JsonObject removed = new JsonObject();
    index.removed().forEach((name, at) -> removed.addProperty(name, at.toEpochMilli()));
    json.add("removed", removed);
    return json;
  }

  @Override
  public SecretIndex read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    Documents.open(fields, this, Ids.secrets());
    SortedMap<String, SecretIndex.Entry> secrets = new TreeMap<>();
    Fields entries = fields.object("secrets");
    for (String name : entries.names()) {
      Fields entry = entries.object(name);
      secrets.put(
          name, new SecretIndex.Entry(entry.required("version"), entry.required("content")));
    }
    SortedMap<String, Instant> removed = new TreeMap<>();
    Fields times = fields.object("removed");
    for (String name : times.names()) {
      removed.put(name, Instant.ofEpochMilli(times.required(name)));
    }
    SecretIndex index = new SecretIndex(fields.required("version"), secrets, removed);
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return index;
  }
}
