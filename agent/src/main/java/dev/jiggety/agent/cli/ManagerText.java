package dev.jiggety.agent.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.ManagerStatus;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a manager is, as lines whenever that changes. Not thread-safe. */
final class ManagerText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final boolean json;
  private @Nullable String last;

  ManagerText(boolean json) {
    this.json = json;
  }

  /** What to print now; empty where nothing has changed. */
  List<String> update(ManagerStatus status) {
    JsonObject object = toJson(status);
    String text = json ? object.toString() : line(status);
    if (text.equals(last)) {
      return List.of();
    }
    last = text;
    object.add("works", works(status));
    return List.of(json ? object.toString() : text);
  }

  /** How its works get on changes all the time; that alone is no reason for a line. */
  private static JsonArray works(ManagerStatus status) {
    JsonArray works = new JsonArray();
    for (ManagerStatus.Work work : status.works()) {
      JsonObject one = new JsonObject();
      one.addProperty("name", work.name());
      one.addProperty("running", work.isRunning());
      one.addProperty("text", work.text());
      works.add(one);
    }
    return works;
  }

  private static String line(ManagerStatus status) {
    StringBuilder line = new StringBuilder();
    line.append(label(status)).append(" since ").append(TIME.format(status.since()));
    if (!status.reason().isEmpty()) {
      line.append(" (").append(status.reason()).append(')');
    }
    if (status.head() != null) {
      line.append(", release ").append(status.head().release());
      line.append(", ").append(status.waiting()).append(" waiting");
    }
    if (status.underWay() != null) {
      line.append(", ").append(status.underWay().rollout());
      if (status.underWay().patches() > 1) {
        line.append(" of ").append(status.underWay().patches()).append(" patches");
      }
      line.append(' ').append(status.underWay().state().label());
    }
    status.troubles().forEach(trouble -> line.append("; ").append(trouble));
    return line.toString();
  }

  private static String label(ManagerStatus status) {
    return status.stand().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static JsonObject toJson(ManagerStatus status) {
    JsonObject json = new JsonObject();
    json.addProperty("name", status.name());
    json.addProperty("stand", label(status));
    json.addProperty("since", status.since().toEpochMilli());
    json.addProperty("reason", status.reason());
    json.addProperty("epoch", status.epoch());
    if (status.head() != null) {
      json.addProperty("version", status.head().version());
      json.addProperty("release", status.head().release());
      json.addProperty("seq", status.head().seq());
    }
    json.addProperty("waiting", status.waiting());
    if (status.underWay() != null) {
      JsonObject underWay = new JsonObject();
      underWay.addProperty("rollout", status.underWay().rollout());
      underWay.addProperty("patches", status.underWay().patches());
      underWay.addProperty("state", status.underWay().state().label());
      underWay.addProperty("since", status.underWay().since().toEpochMilli());
      json.add("underWay", underWay);
    }
    JsonArray troubles = new JsonArray();
    status.troubles().forEach(troubles::add);
    json.add("troubles", troubles);
    JsonArray alerts = new JsonArray();
    status
        .alerts()
        .forEach(alert -> {
          JsonObject one = new JsonObject();
          one.addProperty("at", alert.at().toEpochMilli());
          one.addProperty("text", alert.text());
          alerts.add(one);
        });
    json.add("alerts", alerts);
    return json;
  }
}
