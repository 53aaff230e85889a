package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.AgentRelease;
import dev.jiggety.model.AgentRelease.Bundle;
import dev.jiggety.model.AgentRelease.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code release:<version>} documents of the bundles; see docs/documents/release.md. */
public final class ReleaseDocument implements DocumentType<AgentRelease> {
  /** The one instance; it has no state. */
  public static final ReleaseDocument TYPE = new ReleaseDocument();

  private ReleaseDocument() {}

  @Override
  public String type() {
    return "release";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(AgentRelease release) {
    return Ids.release(release.version());
  }

  /** What the configuration calls a release by: the digest of all that its document says. */
  public static String digest(JsonObject document) {
    return Contents.of(document).digest();
  }

  @Override
  public JsonObject write(AgentRelease release) {
    JsonObject json = Documents.envelope(id(release), type(), schema());
    json.addProperty("by", release.by());
    json.addProperty("created", release.created().toEpochMilli());
    if (!release.comment().isEmpty()) {
      json.addProperty("comment", release.comment());
    }
    JsonObject data = new JsonObject();
    data.addProperty("schema", release.data().schema());
    data.addProperty("reads", release.data().reads());
    data.addProperty("leaves", release.data().leaves());
    json.add("data", data);
    JsonArray bundles = new JsonArray();
    release.bundles().forEach(bundle -> bundles.add(write(bundle)));
    json.add("bundles", bundles);
    return json;
  }

  private static JsonObject write(Bundle bundle) {
    JsonObject json = new JsonObject();
    json.addProperty("platform", bundle.platform());
    json.addProperty("size", bundle.size());
    json.addProperty("sha256", bundle.sha256());
    json.addProperty("unpacked", bundle.unpacked());
    JsonArray parts = new JsonArray();
    for (Part part : bundle.parts()) {
      JsonObject one = new JsonObject();
      one.addProperty("sha256", part.sha256());
      one.addProperty("size", part.size());
      parts.add(one);
    }
    json.add("parts", parts);
    return json;
  }

  @Override
  public AgentRelease read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String version = Documents.open(fields, this, "release:");
    Fields data = fields.object("data");
    AgentRelease release =
        new AgentRelease(
            version,
            fields.text("by"),
            Instant.ofEpochMilli(fields.required("created")),
            fields.text("comment", ""),
            new AgentRelease.Data(
                data.smallNumber("schema", 0),
                data.smallNumber("reads", 0),
                data.smallNumber("leaves", 0)),
            fields.objects("bundles").stream().map(ReleaseDocument::bundle).toList());
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return release;
  }

  private static Bundle bundle(Fields fields) {
    return new Bundle(
        fields.text("platform"),
        fields.required("size"),
        fields.text("sha256"),
        fields.required("unpacked"),
        fields.objects("parts").stream()
            .map(part -> new Part(part.text("sha256"), part.smallNumber("size", 0)))
            .toList());
  }
}
