package dev.jiggety.agent.result.pack;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/** Packs of this node that the hub has, for hours of which they may be no longer here. */
public interface PackShelf {

  /**
   * The documents whose ids begin like this.
   *
   * @param database an archive
   * @return empty when the hub cannot be asked now; none where it has no such database
   */
  Optional<List<JsonObject>> packs(String database, String prefix);
}
