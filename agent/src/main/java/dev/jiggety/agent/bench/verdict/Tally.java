package dev.jiggety.agent.bench.verdict;

import dev.jiggety.agent.bench.verdict.World.Outage;
import dev.jiggety.base.Durations;
import dev.jiggety.model.rules.incident.Episode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What came of it. Not thread-safe. */
final class Tally {
  private static final int MOST_LINES = 50;

  private final TreeMap<Long, Integer> detections = new TreeMap<>(); // milliseconds → how many
  private final List<String> remarks = new ArrayList<>();
  long judged;
  long falseAlarms;
  long outages;
  long missed;
  long toldLate;
  long differing;
  long nodeTroubles;
  long nodeAlerts;
  long falseNodeAlerts;
  long mostAlerts;
  long fewestAlerts = 1;

  void judged(int words) {
    judged += words;
  }

  void falseAlarm(long at, Episode episode) {
    falseAlarms++;
    remark("false alarm at " + World.at(at) + ": " + episode);
  }

  void told(Duration after) {
    detections.merge(after.toMillis(), 1, Integer::sum);
  }

  void outage(boolean recorded, boolean told, int test, Outage outage) {
    outages++;
    if (!recorded) {
      missed++;
    } else if (!told) {
      toldLate++;
    }
    if (!recorded || !told) {
      remark(
          (recorded ? "known only when it was over: test-" : "missed: test-")
              + test
              + " from "
              + World.at(outage.from())
              + " for "
              + Durations.format(Duration.ofMillis(outage.to() - outage.from())));
    }
  }

  void differs(String where) {
    differing++;
    remark("another order gives other incidents: " + where);
  }

  void node(String node, String what, long alerts) {
    nodeTroubles++;
    nodeAlerts += alerts;
    mostAlerts = Math.max(mostAlerts, alerts);
    fewestAlerts = Math.min(fewestAlerts, alerts);
    if (alerts != 1) {
      remark(node + " " + what + ": " + alerts + " alerts");
    }
  }

  void falseNodeAlert(String text) {
    falseNodeAlerts++;
    remark("false alert of a node: " + text);
  }

  /** In seconds; nearest rank. */
  double detection(double share) {
    long count = detections.values().stream().mapToLong(Integer::longValue).sum();
    long rank = Math.max(1, (long) Math.ceil(share * count));
    for (var entry : detections.entrySet()) {
      rank -= entry.getValue();
      if (rank <= 0) {
        return entry.getKey() / 1000.0;
      }
    }
    return 0;
  }

  /** What went wrong, one line each, the first ones. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  private void remark(String line) {
    if (remarks.size() < MOST_LINES) {
      remarks.add(line);
    }
  }
}
