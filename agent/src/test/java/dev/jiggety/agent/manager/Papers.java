package dev.jiggety.agent.manager;

import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.PatchDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a manager reads and writes, to test with. */
public final class Papers {
  public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private Papers() {}

  /** A patch that makes a test. */
  public static Patch patch(String id) {
    return new Patch(
        id,
        "ada",
        NOW,
        "why not",
        StrategyChoice.SWIFT,
        NOW.plus(Duration.ofHours(1)),
        List.of(Contents.put(Samples.test("of-" + id), null)));
  }

  /** Its document. */
  public static JsonObject document(String patchId) {
    return PatchDocument.TYPE.write(patch(patchId));
  }

  /** A command, as it comes. */
  public static JsonObject command(String id, String rollout) {
    JsonObject command = new JsonObject();
    command.addProperty("_id", "command:" + id);
    command.addProperty("type", "command");
    command.addProperty("schema", 1);
    command.addProperty("rollout", rollout);
    command.addProperty("act", "abort");
    command.addProperty("by", "ada");
    command.addProperty("reason", "");
    command.addProperty("created", NOW.toEpochMilli());
    return command;
  }

  /** A rollout of that patch at that place in the line. */
  public static Rollout rollout(String patchId, long seq, RolloutState state) {
    return Rollout.builder(patchId, List.of(patch(patchId).rider(seq)), Strategy.SWIFT, NOW)
        .expires(NOW.plus(Duration.ofHours(1)))
        .state(state, NOW)
        .members(new TreeSet<>(List.of("n1")), List.of(new TreeSet<>(List.of("n1", "n2"))))
        .build();
  }

  /** A head, signed or not makes no difference here. */
  public static JsonObject head(long version) {
    return HeadDocument.TYPE.write(
        new Head(
            version,
            0,
            1,
            new Generation("", 1, Digests.of(Configuration.EMPTY)),
            null,
            null,
            Head.Phase.STEADY,
            null,
            null,
            NOW.plus(Duration.ofHours(24)),
            Duration.ZERO));
  }

  /** The configuration of these tests, each with that name. */
  public static Configuration tests(String name, String... ids) {
    SortedMap<String, Content> documents = new TreeMap<>();
    for (String id : ids) {
      Change.Put put = Contents.put(Samples.test(id).toBuilder().name(name).build(), null);
      documents.put(put.target(), put.content());
    }
    return new Configuration(documents);
  }
}
