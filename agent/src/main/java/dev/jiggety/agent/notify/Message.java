package dev.jiggety.agent.notify;

import com.google.gson.JsonObject;
import dev.jiggety.model.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A notice in words.
 *
 * @param id the notice's
 * @param key the same for every attempt, and for nothing else: letters and digits
 * @param subject one line
 * @param text for people, plain
 * @param json for programs; see docs/guide/notifications.md
 * @param context for templates: texts, truths, lists and further contexts
 * @param events one for each incident, for services that keep incidents of their own
 */
record Message(
    String id,
    String key,
    String subject,
    String text,
    JsonObject json,
    Map<String, Object> context,
    List<Event> events) {

  Message {
    events = List.copyOf(events);
  }

  /** The same in other words. */
  Message with(String otherSubject, String otherText) {
    return new Message(id, key, otherSubject, otherText, json, context, events);
  }

  /**
   * What happened to an incident.
   *
   * @param incident the incident's id; empty for a test
   */
  record Event(
      String incident, boolean over, Incident.Kind kind, String subject, String text, Instant at) {}
}
