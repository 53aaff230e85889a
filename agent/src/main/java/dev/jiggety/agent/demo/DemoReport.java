package dev.jiggety.agent.demo;

import com.google.gson.JsonObject;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a demo did, counted at its end.
 *
 * @param nodes how many tested
 * @param tests how many tests each had
 * @param ledger what they ran and what arrived
 * @param patches what became of the patches
 * @param incidents what was wrong, as the manager decided
 * @param startup from the start of the process to the first result
 */
public record DemoReport(
    int nodes,
    int tests,
    Ledger ledger,
    PatchLog patches,
    IncidentLog incidents,
    Duration startup) {

  /** Whether every run is on the hub exactly once. */
  public boolean isComplete() {
    return ledger.lost() == 0 && ledger.doubled() == 0;
  }

  /** As one object. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("nodes", nodes);
    json.addProperty("tests", tests);
    json.addProperty("runs", ledger.runs());
    json.addProperty("resultsOnHub", ledger.resultsOnHub());
    json.addProperty("lost", ledger.lost());
    json.addProperty("doubled", ledger.doubled());
    JsonObject verdicts = new JsonObject();
    for (Verdict verdict : Verdict.values()) {
      verdicts.addProperty(verdict.label(), ledger.verdicts(verdict));
    }
    json.add("verdicts", verdicts);
    JsonObject lateness = new JsonObject();
    lateness.addProperty("p50", millis(ledger.lateness(0.5)));
    lateness.addProperty("p99", millis(ledger.lateness(0.99)));
    json.add("startLatenessMs", lateness);
    json.add("patches", patches.toJson());
    json.add("incidents", incidents.toJson());
    json.addProperty("startupMs", startup.toMillis());
    return json;
  }

  /** As lines for people. */
  public List<String> lines() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%d runs of %d tests on %d nodes: %d up, %d degraded, %d down, %d unknown",
            ledger.runs(),
            tests,
            nodes,
            ledger.verdicts(Verdict.UP),
            ledger.verdicts(Verdict.DEGRADED),
            ledger.verdicts(Verdict.DOWN),
            ledger.verdicts(Verdict.UNKNOWN)),
        String.format(
            Locale.ROOT,
            "%d results on the hub, %d lost, %d doubled",
            ledger.resultsOnHub(),
            ledger.lost(),
            ledger.doubled()),
        String.format(
            Locale.ROOT,
            "started %.1f ms late in the median, %.1f ms at the 99th percentile",
            millis(ledger.lateness(0.5)),
            millis(ledger.lateness(0.99))),
        incidents.line(),
        patches.line());
  }

  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e4) / 100.0;
  }
}
