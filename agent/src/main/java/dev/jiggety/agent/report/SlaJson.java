package dev.jiggety.agent.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.model.rules.report.ErrorBudget;
import dev.jiggety.model.rules.report.Outages;
import dev.jiggety.model.rules.report.RunShare;
import dev.jiggety.model.rules.report.SlaReport;
import dev.jiggety.model.rules.report.TimeShare;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** A report as JSON; names and units as in the table of {@link SlaCsv}. */
final class SlaJson {
  private SlaJson() {}

  static JsonObject write(SlaReport report) {
    JsonObject json = new JsonObject();
    json.addProperty("from", report.span().from().toString());
    json.addProperty("to", report.span().to().toString());
    json.addProperty("asOf", report.asOf().toString());
    if (report.target() != null) {
      json.addProperty("targetPercent", report.target());
    }
    json.add("tests", lines(report.tests()));
    json.add("tags", lines(report.tags()));
    json.add("all", line(report.all()));
    return json;
  }

  private static JsonArray lines(List<SlaReport.Line> lines) {
    JsonArray array = new JsonArray();
    lines.stream().map(SlaJson::line).forEach(array::add);
    return array;
  }

  private static JsonObject line(SlaReport.Line line) {
    JsonObject json = new JsonObject();
    json.addProperty("id", line.id());
    json.addProperty("name", line.name());
    if (line.kind() != null) {
      json.addProperty("kind", line.kind());
    }
    json.addProperty("tests", line.members());
    TimeShare time = line.figures().time();
    percent(json, "availabilityPercent", time.availability());
    percent(json, "availabilityByRunsPercent", line.figures().runs().availability());
    percent(json, "coveragePercent", time.coverage());
    json.add("seconds", time(time));
    json.add("runs", runs(line.figures().runs()));
    JsonObject times = new JsonObject();
    line.quantile(0.5).ifPresent(value -> millis(times, "p50", value));
    line.quantile(0.95).ifPresent(value -> millis(times, "p95", value));
    line.quantile(0.99).ifPresent(value -> millis(times, "p99", value));
    json.add("milliseconds", times);
    json.add("outages", outages(line.figures().outages(), line.outages()));
    if (line.budget() != null) {
      json.add("budget", budget(line.budget()));
    }
    return json;
  }

  private static JsonObject time(TimeShare time) {
    JsonObject json = new JsonObject();
    seconds(json, "up", time.up());
    seconds(json, "degraded", time.degraded());
    seconds(json, "down", time.down());
    seconds(json, "maintenance", time.maintenance());
    seconds(json, "unknown", time.unknown());
    seconds(json, "ahead", time.ahead());
    return json;
  }

  private static JsonObject runs(RunShare runs) {
    JsonObject json = new JsonObject();
    json.addProperty("up", runs.up());
    json.addProperty("degraded", runs.degraded());
    json.addProperty("down", runs.down());
    json.addProperty("unknown", runs.unknown());
    return json;
  }

  private static JsonObject outages(Outages outages, List<SlaReport.Outage> each) {
    JsonObject json = new JsonObject();
    json.addProperty("count", outages.count());
    json.addProperty("open", outages.open());
    seconds(json, "longest", outages.longest());
    outages.meanToRepair().ifPresent(value -> seconds(json, "meanToRepair", value));
    outages.meanBetween().ifPresent(value -> seconds(json, "meanBetween", value));
    JsonArray list = new JsonArray();
    for (SlaReport.Outage outage : each) {
      JsonObject one = new JsonObject();
      one.addProperty("began", outage.began().toString());
      if (outage.ended() != null) {
        one.addProperty("ended", outage.ended().toString());
      }
      seconds(one, "counted", outage.inside());
      list.add(one);
    }
    json.add("each", list);
    return json;
  }

  private static JsonObject budget(ErrorBudget budget) {
    JsonObject json = new JsonObject();
    json.addProperty("state", budget.state().label());
    seconds(json, "allowed", budget.allowed());
    seconds(json, "left", budget.left());
    return json;
  }

  private static void seconds(JsonObject json, String name, Duration length) {
    json.addProperty(name, BigDecimal.valueOf(length.toMillis(), 3));
  }

  private static void millis(JsonObject json, String name, Duration time) {
    json.addProperty(name, BigDecimal.valueOf(time.toNanos() / 1000, 3));
  }

  private static void percent(JsonObject json, String name, OptionalDouble share) {
    if (share.isPresent()) {
      json.addProperty(name, new BigDecimal(SlaCsv.percent(share)));
    }
  }
}
