package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.model.Share;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.Strategy.Deadlines;
import dev.jiggety.model.Strategy.Thresholds;
import dev.jiggety.model.StrategyChoice;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A strategy as it stands in documents: by its name where it is as it is by that name, and with its
 * fields where it is not. What is absent is that of {@code swift}.
 */
final class StrategyFields {
  private static final Strategy DEFAULTS = Strategy.SWIFT;

  private StrategyFields() {}

  /** A choice: a name, or an object. */
  static StrategyChoice readChoice(Fields owner) {
    if (!owner.has("strategy")) {
      return StrategyChoice.SWIFT;
    }
    return owner.raw().get("strategy") instanceof JsonObject
        ? new StrategyChoice.Own(read(owner.object("strategy")))
        : new StrategyChoice.Named(owner.text("strategy"));
  }

  static void writeChoice(JsonObject json, StrategyChoice choice) {
    switch (choice) {
      case StrategyChoice.Named named -> json.addProperty("strategy", named.name());
      case StrategyChoice.Own own -> json.add("strategy", write(own.strategy()));
    }
  }

  static Strategy read(Fields fields) {
    Fields times = fields.object("deadlines");
    Deadlines usual = DEFAULTS.deadlines();
    Fields limits = fields.object("thresholds");
    Thresholds borne = DEFAULTS.thresholds();
    return new Strategy(
        fields.text("name", DEFAULTS.name()),
        share(fields, "canaries", DEFAULTS.canaries()),
        waves(fields),
        share(fields, "ready", DEFAULTS.ready()),
        fields.smallNumber("minimumSample", DEFAULTS.minimumSample()),
        time(fields, "enoughAfter", DEFAULTS.enoughAfter()),
        fields.flag("approval", DEFAULTS.approval()),
        new Deadlines(
            time(times, "submit", usual.submit()),
            time(times, "approve", usual.approve()),
            time(times, "check", usual.check()),
            time(times, "stage", usual.stage()),
            time(times, "verify", usual.verify()),
            time(times, "promote", usual.promote()),
            time(times, "bake", usual.bake()),
            time(times, "pause", usual.pause()),
            time(times, "rollback", usual.rollback()),
            time(times, "hold", usual.hold())),
        new Thresholds(
            limits.smallNumber("nodes", borne.nodes()),
            limits.smallNumber("percent", borne.percent()),
            limits.smallNumber("confirmations", borne.confirmations()),
            time(limits, "lateness", borne.lateness()),
            limits.smallNumber("attempts", borne.attempts())));
  }

  /** All fields: a rollout keeps the strategy that it began with, whatever the defaults become. */
  static JsonObject write(Strategy strategy) {
    JsonObject json = new JsonObject();
    json.addProperty("name", strategy.name());
    json.add("canaries", write(strategy.canaries()));
    JsonArray waves = new JsonArray();
    for (Strategy.Wave wave : strategy.waves()) {
      JsonObject item = write(wave.upTo());
      item.addProperty("bake", Durations.format(wave.bake()));
      waves.add(item);
    }
    json.add("waves", waves);
    json.add("ready", write(strategy.ready()));
    json.addProperty("minimumSample", strategy.minimumSample());
    json.addProperty("enoughAfter", Durations.format(strategy.enoughAfter()));
    json.addProperty("approval", strategy.approval());
    json.add("deadlines", write(strategy.deadlines()));
    Thresholds limits = strategy.thresholds();
    JsonObject thresholds = new JsonObject();
    thresholds.addProperty("nodes", limits.nodes());
    thresholds.addProperty("percent", limits.percent());
    thresholds.addProperty("confirmations", limits.confirmations());
    thresholds.addProperty("lateness", Durations.format(limits.lateness()));
    thresholds.addProperty("attempts", limits.attempts());
    json.add("thresholds", thresholds);
    return json;
  }

  private static JsonObject write(Deadlines times) {
    JsonObject json = new JsonObject();
    json.addProperty("submit", Durations.format(times.submit()));
    json.addProperty("approve", Durations.format(times.approve()));
    json.addProperty("check", Durations.format(times.check()));
    json.addProperty("stage", Durations.format(times.stage()));
    json.addProperty("verify", Durations.format(times.verify()));
    json.addProperty("promote", Durations.format(times.promote()));
    json.addProperty("bake", Durations.format(times.bake()));
    json.addProperty("pause", Durations.format(times.pause()));
    json.addProperty("rollback", Durations.format(times.rollback()));
    json.addProperty("hold", Durations.format(times.hold()));
    return json;
  }

  private static List<Strategy.Wave> waves(Fields fields) {
    return fields.has("waves")
        ? fields.objects("waves").stream()
            .map(wave -> new Strategy.Wave(share(wave), time(wave, "bake", Duration.ZERO)))
            .toList()
        : DEFAULTS.waves();
  }

  private static Share share(Fields owner, String name, Share absent) {
    return owner.has(name) ? share(owner.object(name)) : absent;
  }

  private static Share share(Fields fields) {
    int nodes = fields.smallNumber("nodes", 0);
    int percent = fields.smallNumber("percent", 0);
    if (fields.has("nodes") == fields.has("percent")) {
      fields.report("percent", "needs either \"nodes\" or \"percent\"");
    }
    return fields.has("nodes") ? new Share.Nodes(nodes) : new Share.Percent(percent);
  }

  private static JsonObject write(Share share) {
    JsonObject json = new JsonObject();
    switch (share) {
      case Share.Nodes nodes -> json.addProperty("nodes", nodes.nodes());
      case Share.Percent percent -> json.addProperty("percent", percent.percent());
    }
    return json;
  }

  private static Duration time(Fields fields, String name, Duration absent) {
    return Objects.requireNonNull(fields.duration(name, absent));
  }
}
