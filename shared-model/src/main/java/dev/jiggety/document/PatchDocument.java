package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Change;
import dev.jiggety.model.Patch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code patch:<id>} documents in the database of patches; see docs/documents/patch.md. Digests of
 * contents are not written but made anew while reading, so that they cannot be wrong.
 */
public final class PatchDocument implements DocumentType<Patch> {
  /** The one instance; it has no state. */
  public static final PatchDocument TYPE = new PatchDocument();

  private PatchDocument() {}

  @Override
  public String type() {
    return "patch";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Patch patch) {
    return Ids.patch(patch.id());
  }

  @Override
  public JsonObject write(Patch patch) {
    JsonObject json = Documents.envelope(id(patch), type(), schema());
    json.addProperty("author", patch.author());
    json.addProperty("created", patch.created().toEpochMilli());
    json.addProperty("comment", patch.comment());
    StrategyFields.writeChoice(json, patch.strategy());
    json.addProperty("expires", patch.expires().toEpochMilli());
    JsonArray changes = new JsonArray();
    patch.changes().forEach(change -> changes.add(write(change)));
    json.add("changes", changes);
    return json;
  }

  @Override
  public Patch read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String id = Documents.open(fields, this, "patch:");
    Patch patch =
        new Patch(
            id,
            fields.text("author"),
            Instant.ofEpochMilli(fields.number("created", 0)),
            fields.text("comment", ""),
            StrategyFields.readChoice(fields),
            Instant.ofEpochMilli(fields.number("expires", 0)),
            fields.objects("changes").stream().map(PatchDocument::change).toList());
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return patch;
  }

  private static JsonObject write(Change change) {
    JsonObject json = new JsonObject();
    switch (change) {
      case Change.Put put -> json.add("put", Contents.document(put.content()));
      case Change.Delete delete -> json.addProperty("delete", delete.target());
    }
    if (change.base() != null) {
      json.addProperty("base", change.base());
    }
    return json;
  }

  private static Change change(Fields change) {
    if (change.has("put") == change.has("delete")) {
      change.report("put", "needs either \"put\" or \"delete\"");
    }
    if (!change.has("put")) {
      return new Change.Delete(change.text("delete", ""), change.text("base"));
    }
    Fields put = change.object("put");
    String target = put.text("_id");
    return new Change.Put(target, Contents.of(put.raw()), change.textOrNull("base"));
  }
}
