package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.Degraded.Percentile;
import dev.jiggety.model.Phase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The field {@code degraded} of a test: from when on it is too slow. */
final class DegradedFields {
  private static final String PERCENTILE = "percentile";

  private DegradedFields() {}

  static Degraded read(Fields test, boolean strictly) {
    Fields degraded = test.object("degraded");
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      Duration limit = degraded.duration(phase.label(), null);
      if (limit != null) {
        phases.put(phase, limit);
      }
    }
    Duration total = degraded.duration("total", null);
    Percentile percentile = degraded.has(PERCENTILE) ? percentile(degraded, strictly) : null;
    if (strictly) {
      degraded.refuseUnknown();
    }
    return new Degraded(total, phases, percentile);
  }

  private static @Nullable Percentile percentile(Fields degraded, boolean strictly) {
    Fields percentile = degraded.object(PERCENTILE);
    Percentile read =
        new Percentile(
            percentile.smallNumber("share", 95),
            Objects.requireNonNull(percentile.duration("over", Duration.ofMinutes(10))),
            Objects.requireNonNull(percentile.duration("limit", Duration.ZERO)));
    if (!percentile.has("limit")) {
      percentile.report("limit", "is missing: the longest time that is still fine, like 800ms");
    }
    if (strictly) {
      percentile.refuseUnknown();
    }
    return read;
  }

  static JsonObject write(Degraded degraded) {
    JsonObject json = new JsonObject();
    if (degraded.total() != null) {
      json.addProperty("total", Durations.format(degraded.total()));
    }
    degraded
        .phases()
        .forEach((phase, limit) -> json.addProperty(phase.label(), Durations.format(limit)));
    Percentile percentile = degraded.percentile();
    if (percentile != null) {
      JsonObject item = new JsonObject();
      item.addProperty("share", percentile.share());
      item.addProperty("over", Durations.format(percentile.over()));
      item.addProperty("limit", Durations.format(percentile.limit()));
      json.add(PERCENTILE, item);
    }
    return json;
  }
}
