package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Sealer;
import java.util.ArrayList;
import java.util.List;

/** {@code sealer:<key id>} documents beside the configuration; see docs/documents/sealer.md. */
public final class SealerDocument implements DocumentType<Sealer> {
  /** The one instance; it has no state. */
  public static final SealerDocument TYPE = new SealerDocument();

  private SealerDocument() {}

  @Override
  public String type() {
    return "sealer";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Sealer sealer) {
    return Ids.sealer(sealer.key());
  }

  @Override
  public JsonObject write(Sealer sealer) {
    JsonObject json = Documents.envelope(id(sealer), type(), schema());
    json.addProperty("name", sealer.name());
    json.addProperty("sealing", sealer.sealing());
    return json;
  }

  @Override
  public Sealer read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    Sealer sealer =
        new Sealer(
            Documents.open(fields, this, Ids.sealer("")),
            fields.text("name"),
            fields.text("sealing"));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return sealer;
  }
}
