package dev.jiggety.agent.result;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.base.ClockOffset;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.BatchPictures;
import dev.jiggety.model.Batch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch whose boundaries are written down: made anew after a crash it is the same, to the byte.
 *
 * @param runs the runs in it, as JSON texts
 * @param skipped the skipped slots in it, as JSON texts
 * @param clock how far the hub's clock was from ours; null when it was not known
 */
record FixedBatch(
    long seq,
    String database,
    Instant at,
    List<String> runs,
    List<String> skipped,
    @Nullable ClockOffset clock) {

  FixedBatch {
    runs = List.copyOf(runs);
    skipped = List.copyOf(skipped);
  }

  /** The document, with its revision. */
  JsonObject document(String node, String stream) {
    JsonObject document =
        BatchDocument.TYPE.write(new Batch(node, stream, seq, at, List.of(), List.of(), clock));
    document.add("runs", array(runs));
    if (!skipped.isEmpty()) {
      document.add("skipped", array(skipped));
    }
    BatchPictures.detach(document);
    document.addProperty("_rev", BatchDocument.revision(document));
    return document;
  }

  private static JsonElement array(List<String> texts) {
    JsonArray array = new JsonArray(texts.size());
    texts.forEach(text -> array.add(JsonParser.parseString(text)));
    return array;
  }
}
