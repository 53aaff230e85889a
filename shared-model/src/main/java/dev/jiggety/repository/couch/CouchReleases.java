package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAttachments;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.ReleaseRepository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Releases in the database of bundles. Each piece is a document of its own that its content names,
 * so what was interrupted goes on where it was, on every hub and however it limits attachments.
 */
final class CouchReleases implements ReleaseRepository {
  private static final String CONTENT = "content";
  private static final int REVISION = 32;

  private final HubDatabase bundles;

  CouchReleases(Hub hub, DatabaseNames names) {
    this.bundles = hub.database(names.bundles());
  }

  @Override
  public Optional<JsonObject> find(String version) {
    return Answers.find(bundles, Ids.release(version), "read the release " + version);
  }

  @Override
  public List<JsonObject> all() {
    List<JsonObject> all = new ArrayList<>();
    Answers.value(
        bundles.eachRow(
            IdRange.startingWith(Ids.release("")),
            row -> Optional.ofNullable(row.document()).ifPresent(all::add)),
        bundles,
        "list the releases");
    return List.copyOf(all);
  }

  @Override
  public boolean hasPart(String sha256) {
    return Answers.find(bundles, Ids.part(sha256), "look for the part " + sha256).isPresent();
  }

  @Override
  public void putPart(String sha256, byte[] content) {
    JsonObject document = new JsonObject();
    document.addProperty("_id", Ids.part(sha256));
    document.addProperty("type", "part");
    document.addProperty("schema", 1);
    document.addProperty("_rev", revision(sha256));
    JsonObject attachment = new JsonObject();
    attachment.addProperty("follows", true);
    attachment.addProperty("content_type", "application/octet-stream");
    attachment.addProperty("length", content.length);
    JsonObject attachments = new JsonObject();
    attachments.add(CONTENT, attachment);
    document.add("_attachments", attachments);
    var part =
        new HubAttachments.Part(
            CONTENT,
            "application/octet-stream",
            content.length,
            () -> new ByteArrayInputStream(content));
    Answers.value(
        bundles.attachments().put(Ids.part(sha256), document.toString(), List.of(part)),
        bundles,
        "hand in the part " + sha256);
  }

  @Override
  public byte[] part(String sha256, int most) throws IOException {
    Outcome<InputStream> found =
        bundles.attachments().read(Ids.part(sha256), revision(sha256), CONTENT);
    if (found instanceof Outcome.Missing<InputStream>) {
      throw new HubException(
          HubException.Kind.MISSING,
          "the hub has no part " + sha256 + "; publish the release once more");
    }
    try (InputStream in = Answers.value(found, bundles, "read the part " + sha256)) {
      return ReleaseRepository.limited(in, most);
    }
  }

  @Override
  public void publish(JsonObject signed) {
    String id = signed.get("_id").getAsString();
    if (!Once.put(bundles, signed, "publish " + id)) {
      throw new HubException(
          HubException.Kind.REFUSED,
          "there is another " + id + " on the hub; give what is new a version of its own");
    }
  }

  /** The one that such a document ever has: the same piece is the same revision. */
  private static String revision(String sha256) {
    return "1-" + sha256.substring(0, REVISION);
  }
}
