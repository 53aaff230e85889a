package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.TrustedKey;
import java.util.ArrayList;
import java.util.List;

/** {@code key:<id>} documents of the configuration; see docs/documents/key.md. */
public final class KeyDocument implements DocumentType<TrustedKey> {
  /** The one instance; it has no state. */
  public static final KeyDocument TYPE = new KeyDocument();

  private KeyDocument() {}

  @Override
  public String type() {
    return "key";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(TrustedKey key) {
    return Ids.key(key.id());
  }

  @Override
  public JsonObject write(TrustedKey key) {
    JsonObject json = Documents.envelope(id(key), type(), schema());
    json.addProperty("name", key.name());
    json.addProperty("role", key.role().label());
    json.addProperty("key", key.key());
    return json;
  }

  @Override
  public TrustedKey read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String id = Documents.open(fields, this, "key:");
    String name = fields.text("name");
    String role = fields.text("role"); // a role that is missing must not become one
    TrustedKey key =
        new TrustedKey(
            id,
            name,
            role.isEmpty()
                ? TrustedKey.Role.OPERATOR
                : fields.oneOf(
                    "role",
                    TrustedKey.Role.OPERATOR,
                    TrustedKey.Role.values(),
                    TrustedKey.Role::label),
            fields.text("key"));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return key;
  }
}
