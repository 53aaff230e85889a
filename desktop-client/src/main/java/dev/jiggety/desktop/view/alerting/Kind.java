package dev.jiggety.desktop.view.alerting;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.document.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What can be edited here. */
public enum Kind {
  WINDOW("window"),
  POLICY("policy"),
  CHANNEL("channel"),
  SETTINGS("settings");

  private final String type;

  Kind(String type) {
    this.type = type;
  }

  /** The {@code type} of its documents. */
  public String type() {
    return type;
  }

  /** What the ids of its documents begin with; the whole id of the one document of settings. */
  public String prefix() {
    return this == SETTINGS ? Ids.settings() : type + ":";
  }

  /** The kind of a document; null where it is none of these. */
  public static @Nullable Kind of(String target) {
    for (Kind kind : values()) {
      if (kind == SETTINGS ? target.equals(kind.prefix()) : target.startsWith(kind.prefix())) {
        return kind;
      }
    }
    return null;
  }

  /** What a new one begins with; without an id, which a person has to give. */
  JsonObject begin(Instant now, ZoneId zone) {
    JsonObject document = new JsonObject();
    document.addProperty("_id", prefix());
    document.addProperty("type", type);
    document.addProperty("schema", 1);
    switch (this) {
      case WINDOW -> {
        JsonObject again = new JsonObject();
        again.addProperty("cron", "0 3 * * sun");
        again.addProperty("zone", zone.getId().equals("Z") ? "UTC" : zone.getId());
        again.addProperty("length", "1h");
        document.add("again", again);
      }
      case POLICY -> {
        JsonArray steps = new JsonArray();
        JsonObject step = new JsonObject();
        step.add("channels", new JsonArray());
        steps.add(step);
        document.add("steps", steps);
      }
      case CHANNEL -> {
        document.addProperty("kind", "mail");
        document.add("mail", new JsonObject());
      }
      case SETTINGS -> {}
    }
    return document;
  }

  /** A single time that a window can have instead: the next full hour, for an hour. */
  static JsonObject once(Instant now) {
    Instant from = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    JsonObject once = new JsonObject();
    once.addProperty("from", from.toString());
    once.addProperty("to", from.plus(Duration.ofHours(1)).toString());
    return once;
  }
}
