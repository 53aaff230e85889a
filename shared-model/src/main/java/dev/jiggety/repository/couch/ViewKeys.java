package dev.jiggety.repository.couch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Keys of views that begin with a test and go on with parts of a time in UTC. */
final class ViewKeys {
  private ViewKeys() {}

  /** The month of a test: {@code [test, year, month]}. */
  static JsonArray month(String test, Instant time) {
    JsonArray key = new JsonArray();
    OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
    key.add(test);
    key.add(utc.getYear());
    key.add(utc.getMonthValue());
    return key;
  }

  /** The day of a test. */
  static JsonArray day(String test, Instant time) {
    JsonArray key = month(test, time);
    key.add(time.atOffset(ZoneOffset.UTC).getDayOfMonth());
    return key;
  }

  /** The hour of a test. */
  static JsonArray hour(String test, Instant time) {
    JsonArray key = day(test, time);
    key.add(time.atOffset(ZoneOffset.UTC).getHour());
    return key;
  }

  /** Behind all keys that begin like this one. */
  static JsonArray end(JsonArray key) {
    JsonArray end = key.deepCopy();
    end.add(new JsonObject());
    return end;
  }

  /** The time that a key tells, as far as it does. */
  static Instant time(JsonArray key, int parts) {
    return OffsetDateTime.of(
            key.get(1).getAsInt(),
            key.get(2).getAsInt(),
            parts > 2 ? key.get(3).getAsInt() : 1,
            parts > 3 ? key.get(4).getAsInt() : 0,
            0,
            0,
            0,
            ZoneOffset.UTC)
        .toInstant();
  }
}
