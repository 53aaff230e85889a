package dev.jiggety.agent.replication;

import com.google.gson.JsonArray;
import dev.jiggety.document.CanonicalJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names a replication, so that it finds its own checkpoints again. Two replications with one id
 * would destroy each other's checkpoints unnoticed (CouchDB overwrites local documents without a
 * word), so the id covers all that tells them apart: both ends, the direction, the filter. A store
 * that was lost or copied has another uuid and thereby another id. Passwords are no part of it.
 */
public final class ReplicationId {
  private static final String VERSION = "jiggety-1";

  private ReplicationId() {}

  /**
   * The id: 32 hexadecimal digits.
   *
   * @param docIds the filter; null = all documents
   */
  public static String of(String source, String target, @Nullable List<String> docIds) {
    var parts = new JsonArray();
    parts.add(VERSION);
    parts.add(source);
    parts.add(target);
    if (docIds != null) {
      var ids = new JsonArray();
      docIds.stream().sorted().distinct().forEach(ids::add);
      parts.add(ids);
    }
    return CanonicalJson.md5(parts);
  }
}
