package dev.jiggety.agent.release;

import com.google.gson.JsonObject;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.ReleaseRepository;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Releases in memory, whose parts can be cut off and changed. */
final class Shelf implements ReleaseRepository {
  final Map<String, JsonObject> releases = new TreeMap<>();
  final Map<String, byte[]> parts = new TreeMap<>();
  int served;
  int cutAfter = Integer.MAX_VALUE;

  @Override
  public Optional<JsonObject> find(String version) {
    return Optional.ofNullable(releases.get("release:" + version));
  }

  @Override
  public List<JsonObject> all() {
    return List.copyOf(releases.values());
  }

  @Override
  public boolean hasPart(String sha256) {
    return parts.containsKey(sha256);
  }

  @Override
  public void putPart(String sha256, byte[] content) {
    if (parts.size() >= cutAfter) {
      throw new HubException(HubException.Kind.UNAVAILABLE, "the hub is away");
    }
    parts.put(sha256, content);
  }

  @Override
  public byte[] part(String sha256, int most) throws IOException {
    if (served >= cutAfter) {
      throw new IOException("cut");
    }
    served++;
    byte[] content = parts.get(sha256);
    if (content.length > most) {
      throw new IOException("it is longer than it says");
    }
    return content;
  }

  @Override
  public void publish(JsonObject signed) {
    releases.put(signed.get("_id").getAsString(), signed);
  }
}
