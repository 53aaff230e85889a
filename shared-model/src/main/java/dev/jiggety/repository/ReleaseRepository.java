package dev.jiggety.repository;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Releases of the agent on a hub. Documents are given as they were signed: whoever reads one checks
 * that. Safe for any thread; each method throws {@link HubException} where the hub does not do it.
 */
public interface ReleaseRepository {

  /** The release of that version. */
  Optional<JsonObject> find(String version);

  /** All releases, by version. */
  List<JsonObject> all();

  /** Whether the hub has that piece of a bundle. */
  boolean hasPart(String sha256);

  /** Hands a piece in; one that is there stays. */
  void putPart(String sha256, byte[] content);

  /**
   * A piece of a bundle, as the hub has it; whoever reads it checks its hash.
   *
   * @param most more bytes than that are not read
   * @throws IOException when it ends early, or is longer
   */
  byte[] part(String sha256, int most) throws IOException;

  /** Publishes a release, last of all; the same one again is fine, another of that id is not. */
  void publish(JsonObject signed);

  /** Closes a stream and gives what it held, if that is not more than {@code most}. */
  static byte[] limited(InputStream in, int most) throws IOException {
    byte[] content = in.readNBytes(most + 1);
    if (content.length > most) {
      throw new IOException("it is longer than it says");
    }
    return content;
  }
}
