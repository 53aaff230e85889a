package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonObject;
import dev.jiggety.model.Engine;
import dev.jiggety.model.PageLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a page loaded, out of what DevTools told and what the page itself says of its times. Pure.
 */
final class Loads {
  private static final int MOST_RESOURCES = 60;
  private static final int MOST_MESSAGES = 20;

  private Loads() {}

  /**
   * Puts it together.
   *
   * @param milestones by name, in milliseconds
   */
  static PageLoad of(Traffic.Snapshot snapshot, JsonObject milestones) {
    List<Exchange> exchanges = snapshot.exchanges();
    double origin = exchanges.isEmpty() ? 0 : exchanges.getFirst().asked;
    List<PageLoad.Resource> slowest =
        exchanges.stream()
            .map(exchange -> exchange.resource(origin, snapshot.now()))
            .sorted(Comparator.comparing(PageLoad.Resource::duration).reversed())
            .limit(MOST_RESOURCES)
            .sorted(Comparator.comparing(PageLoad.Resource::start))
            .toList();
    List<String> messages = new ArrayList<>(snapshot.messages());
    exchanges.stream().filter(Exchange::bad).map(Exchange::complaint).forEach(messages::add);
    return new PageLoad(
        Engine.CHROMIUM.label(),
        times(milestones),
        snapshot.count(),
        exchanges.stream().mapToLong(Exchange::bytes).sum(),
        slowest,
        snapshot.consoleErrors(),
        (int) exchanges.stream().filter(Exchange::bad).count(),
        messages.subList(0, Math.min(MOST_MESSAGES, messages.size())));
  }

  private static Map<String, Duration> times(JsonObject milestones) {
    Map<String, Duration> times = new TreeMap<>();
    for (String name : milestones.keySet()) {
      times.put(name, Timing.millis(Json.number(milestones, name, 0)));
    }
    return times;
  }
}
