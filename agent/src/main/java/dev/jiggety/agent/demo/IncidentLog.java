package dev.jiggety.agent.demo;

import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Incident;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Tells in a line when an incident begins and when it is over, and counts. Thread-safe. */
final class IncidentLog implements IncidentRepository.Listener {
  private final Consumer<String> news;
  private final Map<String, Incident> known = new HashMap<>();

  IncidentLog(Consumer<String> news) {
    this.news = news;
  }

  @Override
  public synchronized void incident(Stored<Incident> stored) {
    Incident incident = stored.value();
    Incident before = known.put(incident.id(), incident);
    if (before == null
        || before.isOpen() != incident.isOpen()
        || before.kind() != incident.kind()) {
      news.accept(line(incident));
    }
  }

  private static String line(Incident incident) {
    String withheld = incident.suppressed() == null ? "" : " (told to nobody)";
    if (incident.isOpen()) {
      return "incident: " + incident.text() + withheld;
    }
    Duration lasted = Duration.between(incident.began(), Objects.requireNonNull(incident.ended()));
    return "incident over after "
        + Durations.format(lasted.truncatedTo(ChronoUnit.SECONDS))
        + ": "
        + incident.kind().label()
        + " of "
        + incident.subject()
        + withheld;
  }

  @Override
  public void act(IncidentAct act) {}

  @Override
  public void connection(HubFeed.Connection connection) {}

  /** How many there were. */
  synchronized int all() {
    return known.size();
  }

  /** How many are over. */
  synchronized int over() {
    return (int) known.values().stream().filter(it -> !it.isOpen()).count();
  }

  /** One line for people. */
  String line() {
    int all = all();
    return all + (all == 1 ? " incident, " : " incidents, ") + over() + " of them over";
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("all", all());
    json.addProperty("over", over());
    return json;
  }
}
