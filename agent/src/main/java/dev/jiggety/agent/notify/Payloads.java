package dev.jiggety.agent.notify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.notify.Message.Event;
import dev.jiggety.model.Incident;

/**
 * A message in the languages of web services: Slack's incoming webhooks, Adaptive Cards for Teams'
 * workflows, Discord's "Execute Webhook", PagerDuty's Events API v2. Lengths are those that they
 * take.
 */
final class Payloads {
  private static final int SLACK = 3_000;
  private static final int TEAMS = 20_000;
  private static final int DISCORD = 2_000;
  private static final int PAGERDUTY_SUMMARY = 1_024;
  private static final int PAGERDUTY_TEXT = 10_000;

  private Payloads() {}

  /** What people wrote elsewhere must not become a link or a call to everybody. */
  static JsonObject slack(Message message) {
    String subject = slack(message.subject());
    JsonObject json = new JsonObject();
    json.addProperty("text", Lines.shortened("*" + subject + "*\n" + slack(message.text()), SLACK));
    return json;
  }

  private static String slack(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  static JsonObject discord(Message message) {
    JsonObject json = new JsonObject();
    String text = "**" + message.subject() + "**\n" + message.text();
    json.addProperty("content", Lines.shortened(text, DISCORD));
    JsonObject mentions = new JsonObject();
    mentions.add("parse", new JsonArray());
    json.add("allowed_mentions", mentions);
    return json;
  }

  static JsonObject teams(Message message) {
    JsonArray body = new JsonArray();
    JsonObject title = block(message.subject());
    title.addProperty("weight", "Bolder");
    title.addProperty("size", "Medium");
    body.add(title);
    JsonObject text = block(Lines.shortened(message.text(), TEAMS).replace("\n", "\n\n"));
    body.add(text);
    JsonObject card = new JsonObject();
    card.addProperty("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    card.addProperty("type", "AdaptiveCard");
    card.addProperty("version", "1.4");
    card.add("body", body);
    JsonObject attachment = new JsonObject();
    attachment.addProperty("contentType", "application/vnd.microsoft.card.adaptive");
    attachment.add("content", card);
    JsonArray attachments = new JsonArray();
    attachments.add(attachment);
    JsonObject json = new JsonObject();
    json.addProperty("type", "message");
    json.add("attachments", attachments);
    return json;
  }

  private static JsonObject block(String text) {
    JsonObject block = new JsonObject();
    block.addProperty("type", "TextBlock");
    block.addProperty("text", text);
    block.addProperty("wrap", true);
    return block;
  }

  /**
   * The key of an incident is the same when it opens, lasts and ends: PagerDuty puts it together.
   */
  static JsonObject pagerDuty(Message message, Event event, String routingKey) {
    JsonObject json = new JsonObject();
    json.addProperty("routing_key", routingKey);
    json.addProperty("event_action", event.over() ? "resolve" : "trigger");
    json.addProperty(
        "dedup_key", "jiggety:" + (event.incident().isEmpty() ? message.key() : event.incident()));
    JsonObject payload = new JsonObject();
    payload.addProperty("summary", Lines.shortened(event.text(), PAGERDUTY_SUMMARY));
    payload.addProperty("source", event.subject().isEmpty() ? "jiggety" : event.subject());
    payload.addProperty("severity", severity(event.kind()));
    payload.addProperty("timestamp", event.at().toString());
    payload.addProperty("class", event.kind().label());
    JsonObject details = new JsonObject();
    details.addProperty("text", Lines.shortened(message.text(), PAGERDUTY_TEXT));
    payload.add("custom_details", details);
    json.add("payload", payload);
    json.addProperty("client", "Jiggety");
    return json;
  }

  private static String severity(Incident.Kind kind) {
    return switch (kind) {
      case DOWN -> "critical";
      case NODE, NO_DATA -> "error";
      case FLAPPING, DEGRADED, CERTIFICATE -> "warning";
    };
  }
}
