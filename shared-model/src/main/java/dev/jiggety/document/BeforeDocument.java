package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code before:<rollout>} documents in the database of patches; see docs/documents/before.md.
 * Digests are not written but made anew while reading, so that they cannot be wrong.
 */
public final class BeforeDocument implements DocumentType<Before> {
  /** The one instance; it has no state. */
  public static final BeforeDocument TYPE = new BeforeDocument();

  private BeforeDocument() {}

  @Override
  public String type() {
    return "before";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Before before) {
    return Ids.before(before.rollout());
  }

  @Override
  public JsonObject write(Before before) {
    JsonObject json = Documents.envelope(id(before), type(), schema());
    JsonArray contents = new JsonArray();
    before
        .contents()
        .documents()
        .values()
        .forEach(content -> contents.add(Contents.document(content)));
    json.add("contents", contents);
    return json;
  }

  @Override
  public Before read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String rollout = Documents.open(fields, this, "before:");
    SortedMap<String, Content> contents = new TreeMap<>();
    for (Fields content : fields.objects("contents")) {
      contents.put(content.text("_id"), Contents.of(content.raw()));
    }
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return new Before(rollout, new Configuration(contents));
  }
}
