package dev.jiggety.agent.slot;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.slot.SlotState.Followed;
import dev.jiggety.agent.slot.SlotState.Kept;
import dev.jiggety.agent.slot.SlotState.KnownBad;
import dev.jiggety.agent.slot.SlotState.Trial;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.TrustedKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is kept, without the contents of the slots, as JSON: small, however many tests there are.
 */
final class KeptJson {
  private KeptJson() {}

  static String write(Kept kept) {
    JsonObject json = new JsonObject();
    json.addProperty("schema", 1);
    Followed head = kept.head();
    if (head != null) {
      json.add("head", head.document());
    }
    json.add("active", write(kept.active().generation()));
    Slot standby = kept.standby();
    if (standby != null) {
      json.add("standby", write(standby.generation()));
    }
    Instant confirmBy = kept.confirmBy();
    if (confirmBy != null) {
      json.addProperty("confirmBy", confirmBy.toEpochMilli());
    }
    JsonArray bad = new JsonArray();
    kept.knownBad()
        .forEach(one -> {
          JsonObject entry = new JsonObject();
          entry.addProperty("ride", one.ride());
          entry.addProperty("digest", one.digest());
          entry.addProperty("reason", one.reason());
          bad.add(entry);
        });
    json.add("knownBad", bad);
    json.addProperty("canaryOf", kept.canaryOf());
    Trial trial = kept.trial();
    if (trial != null) {
      JsonObject entry = new JsonObject();
      entry.addProperty("ride", trial.ride());
      entry.addProperty("digest", trial.digest());
      entry.addProperty("starts", trial.starts());
      json.add("trial", entry);
    }
    json.addProperty("reserved", kept.reserved());
    JsonArray pins = new JsonArray();
    kept.pins().forEach(key -> pins.add(KeyDocument.TYPE.write(key)));
    json.add("pins", pins);
    return json.toString();
  }

  /**
   * Reads it.
   *
   * @param contents the configuration of that digest; null where it is lost
   * @throws RuntimeException of some kind when it is garbage
   */
  static Kept read(String text, Function<String, @Nullable Configuration> contents) {
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    Slot active = slot(json.getAsJsonObject("active"), contents);
    JsonObject head = json.getAsJsonObject("head");
    JsonObject trial = json.getAsJsonObject("trial");
    List<KnownBad> bad = new ArrayList<>();
    for (JsonElement entry : json.getAsJsonArray("knownBad")) {
      JsonObject one = entry.getAsJsonObject();
      bad.add(new KnownBad(text(one, "ride"), text(one, "digest"), text(one, "reason")));
    }
    List<TrustedKey> pins = new ArrayList<>();
    for (JsonElement entry : json.getAsJsonArray("pins")) {
      pins.add(KeyDocument.TYPE.read(entry.getAsJsonObject()));
    }
    return new Kept(
        head == null ? null : new Followed(HeadDocument.TYPE.read(head), head),
        active == null ? Kept.NOTHING.active() : active,
        json.has("standby") ? slot(json.getAsJsonObject("standby"), contents) : null,
        json.has("confirmBy") ? Instant.ofEpochMilli(json.get("confirmBy").getAsLong()) : null,
        bad,
        text(json, "canaryOf"),
        trial == null
            ? null
            : new Trial(text(trial, "ride"), text(trial, "digest"), trial.get("starts").getAsInt()),
        json.get("reserved").getAsLong(),
        pins);
  }

  private static @Nullable Slot slot(
      JsonObject json, Function<String, @Nullable Configuration> contents) {
    Generation generation =
        new Generation(text(json, "ride"), json.get("release").getAsLong(), text(json, "digest"));
    Configuration configuration = contents.apply(generation.digest());
    return configuration == null ? null : new Slot(generation, configuration, true);
  }

  private static JsonObject write(Generation generation) {
    JsonObject json = new JsonObject();
    json.addProperty("ride", generation.ride());
    json.addProperty("release", generation.release());
    json.addProperty("digest", generation.digest());
    return json;
  }

  private static String text(JsonObject json, String name) {
    return json.get(name).getAsString();
  }
}
