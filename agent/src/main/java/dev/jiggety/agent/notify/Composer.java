package dev.jiggety.agent.notify;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.agent.notify.Message.Event;
import dev.jiggety.base.Durations;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Witness;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.Item;
import dev.jiggety.model.Notice.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Writes notices: what, since when, who saw what, the answer, and how to look. */
final class Composer {
  /** So many incidents are told in full; more get a line each, up to the second figure. */
  private static final int IN_FULL = 5;

  private static final int IN_A_LINE = 200;
  private static final int MOST_WITNESSES = 20;
  private static final int MOST_RESPONSE = 500;

  private final Function<String, Optional<Incident>> incidents;
  private final Function<String, String> names;
  private final BiFunction<Incident, Witness, Optional<String>> responses;

  /**
   * Writes what these know.
   *
   * @param incidents by id
   * @param names of tests, by id
   * @param responses what a site answered
   */
  Composer(
      Function<String, Optional<Incident>> incidents,
      Function<String, String> names,
      BiFunction<Incident, Witness, Optional<String>> responses) {
    this.incidents = incidents;
    this.names = names;
    this.responses = responses;
  }

  /** The notice in the built-in words. */
  Message compose(Notice notice, Instant now) {
    if (notice.reason() == Reason.TEST) {
      return test(notice);
    }
    Map<String, Told> told = new LinkedHashMap<>();
    for (Item item : notice.items()) {
      incidents
          .apply(item.incident())
          .ifPresent(incident ->
              told.merge(
                  incident.id(), new Told(incident, item, false), (old, other) -> old.and(item)));
    }
    List<Told> all = List.copyOf(told.values());
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      answers.add(i < IN_FULL ? response(all.get(i).incident()) : "");
    }
    String subject = subject(notice, all, now);
    String text = text(notice, all, answers, now);
    List<Event> events =
        all.stream()
            .map(it ->
                new Event(
                    it.incident().id(),
                    it.isOver(),
                    it.incident().kind(),
                    it.incident().subject(),
                    line(it, now),
                    it.incident().began()))
            .toList();
    return new Message(
        notice.id(),
        key(notice.id()),
        subject,
        text,
        json(notice, subject, text, all, answers, now),
        context(notice, subject, text, all, answers, now),
        events);
  }

  /** An incident, and what this notice says of it. */
  private record Told(Incident incident, Item item, boolean over) {
    Told and(Item other) {
      return new Told(incident, item, over || other.reason() == Reason.RESOLVED);
    }

    boolean isOver() {
      return over || item.reason() == Reason.RESOLVED || incident.resolved() != null;
    }
  }

  private static Message test(Notice notice) {
    String subject = "Jiggety: a test of the channel " + notice.channel();
    String text =
        "Somebody asked for this message, to see whether the channel "
            + notice.channel()
            + " works.\nIt does. Nothing is wrong.\n\nnotice "
            + notice.id()
            + "\n";
    JsonObject json = head(notice, subject, text);
    json.add("incidents", new JsonArray());
    Map<String, Object> context = context(notice, subject, text);
    context.put("incidents", List.of());
    context.put("count", 0);
    Event event =
        new Event("", false, Incident.Kind.CERTIFICATE, "jiggety", subject, notice.created());
    return new Message(notice.id(), key(notice.id()), subject, text, json, context, List.of(event));
  }

  private String subject(Notice notice, List<Told> all, Instant now) {
    if (all.size() == 1) {
      return Lines.shortened(line(all.getFirst(), now), 150);
    }
    long over = all.stream().filter(Told::isOver).count();
    if (over == all.size()) {
      return "Over: " + all.size() + " incidents";
    }
    Map<Incident.Kind, Integer> counts = new TreeMap<>(Comparator.reverseOrder());
    all.stream()
        .filter(it -> !it.isOver())
        .forEach(it -> counts.merge(it.incident().kind(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((kind, count) -> parts.add(count + " " + word(kind).toLowerCase(Locale.ROOT)));
    if (over > 0) {
      parts.add(over + " over");
    }
    String still = notice.reason() == Reason.REMINDER ? "Still: " : "";
    return still + all.size() + " incidents: " + String.join(", ", parts);
  }

  /** One incident in one line. */
  private String line(Told told, Instant now) {
    Incident incident = told.incident();
    String name = name(incident);
    if (told.isOver()) {
      return "Over: "
          + name
          + " was "
          + word(incident.kind()).toLowerCase(Locale.ROOT)
          + " for "
          + lasted(incident, now);
    }
    String kind = word(incident.kind());
    String what = kind + ": " + about(incident, name);
    return switch (told.item().reason()) {
      case ESCALATION -> "Nobody looks after it – " + what;
      case REMINDER ->
          "Still %s, for %s: %s"
              .formatted(
                  kind.toLowerCase(Locale.ROOT), lasted(incident, now), about(incident, name));
      case WORSE -> "Worse – " + what;
      default -> what;
    };
  }

  /** What its text says, with the name of what it is about, which most texts begin with. */
  private static String about(Incident incident, String name) {
    String text = Lines.one(incident.text());
    if (text.isEmpty()) {
      return name;
    }
    return text.contains(name) ? text : name + " – " + text;
  }

  private static String word(Incident.Kind kind) {
    return switch (kind) {
      case CERTIFICATE -> "Certificate";
      case NODE -> "Node in trouble";
      case NO_DATA -> "No data";
      case FLAPPING -> "Flapping";
      case DEGRADED -> "Degraded";
      case DOWN -> "Down";
    };
  }

  private String name(Incident incident) {
    return incident.kind() == Incident.Kind.NODE
        ? incident.subject()
        : names.apply(incident.subject());
  }

  private static String lasted(Incident incident, Instant now) {
    Instant end = Objects.requireNonNullElse(incident.ended(), now);
    Duration length = Duration.between(incident.began(), end);
    return Durations.format(
        length.isNegative() ? Duration.ZERO : length.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private String text(Notice notice, List<Told> all, List<String> answers, Instant now) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(all.size(), IN_FULL); i++) {
      text.append(i == 0 ? "" : "\n");
      full(all.get(i), answers.get(i), now, text);
    }
    text.append(all.size() > IN_FULL ? "\n" : "");
    for (int i = IN_FULL; i < Math.min(all.size(), IN_A_LINE); i++) {
      text.append(line(all.get(i), now)).append('\n');
    }
    if (all.size() > IN_A_LINE) {
      text.append("and ").append(all.size() - IN_A_LINE).append(" more\n");
    }
    if (all.size() > IN_FULL) {
      text.append("\nlook at them: jiggety incidents\n");
    }
    if (all.isEmpty()) {
      text.append("The incidents are not known any more.\n");
    }
    return text.append("\npolicy ")
        .append(notice.policy())
        .append(", notice ")
        .append(notice.id())
        .append('\n')
        .toString();
  }

  private void full(Told told, String response, Instant now, StringBuilder text) {
    Incident incident = told.incident();
    text.append(line(told, now)).append('\n');
    text.append("since ").append(second(incident.began()));
    Instant ended = incident.ended();
    if (ended != null) {
      text.append(" until ").append(second(ended));
    }
    text.append(", detected ").append(second(incident.detected())).append('\n');
    if (told.isOver() && !incident.text().isEmpty()) {
      text.append(Lines.one(incident.text())).append('\n');
    }
    if (!incident.witnesses().isEmpty()) {
      text.append("\nwhat the nodes saw:\n");
      incident.witnesses().stream()
          .limit(MOST_WITNESSES)
          .forEach(witness -> text.append("  ").append(line(witness)).append('\n'));
      int more = incident.witnesses().size() - MOST_WITNESSES;
      if (more > 0) {
        text.append("  and ").append(more).append(" more\n");
      }
    }
    if (!response.isEmpty()) {
      text.append("\nthe answer began:\n  ")
          .append(response.strip().replace("\n", "\n  "))
          .append('\n');
    }
    text.append("\nlook at it: jiggety incidents show ").append(incident.id()).append('\n');
  }

  private static String line(Witness witness) {
    return String.join(
            "  ",
            witness.node(),
            witness.verdict().name().toLowerCase(Locale.ROOT),
            second(witness.at()),
            error(witness))
        .strip();
  }

  private static String error(Witness witness) {
    return witness.failure() == null ? "" : Lines.one(witness.failure().text());
  }

  private String response(Incident incident) {
    return incident.witnesses().stream()
        .filter(witness -> witness.failure() != null)
        .limit(2)
        .flatMap(witness -> responses.apply(incident, witness).stream())
        .findFirst()
        .map(text -> Lines.shortened(text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", " "), MOST_RESPONSE))
        .orElse("");
  }

  private static JsonObject head(Notice notice, String subject, String text) {
    JsonObject json = new JsonObject();
    json.addProperty("notice", notice.id());
    json.addProperty("key", key(notice.id()));
    json.addProperty("reason", notice.reason().label());
    json.addProperty("policy", notice.policy());
    json.addProperty("channel", notice.channel());
    json.addProperty("subject", subject);
    json.addProperty("text", text);
    return json;
  }

  private JsonObject json(
      Notice notice,
      String subject,
      String text,
      List<Told> all,
      List<String> answers,
      Instant now) {
    JsonObject json = head(notice, subject, text);
    JsonArray list = new JsonArray();
    for (int i = 0; i < all.size(); i++) {
      list.add(json(all.get(i), answers.get(i), now));
    }
    json.add("incidents", list);
    return json;
  }

  private JsonObject json(Told told, String response, Instant now) {
    Incident incident = told.incident();
    JsonObject json = new JsonObject();
    json.addProperty("id", incident.id());
    json.addProperty("kind", incident.kind().label());
    json.addProperty("subject", incident.subject());
    json.addProperty("name", name(incident));
    json.addProperty("reason", told.item().reason().label());
    json.addProperty("over", told.isOver());
    json.addProperty("began", incident.began().toString());
    json.addProperty("detected", incident.detected().toString());
    Instant ended = incident.ended();
    if (ended != null) {
      json.addProperty("ended", ended.toString());
    }
    json.addProperty("lasted", lasted(incident, now));
    json.addProperty("text", incident.text());
    JsonArray nodes = new JsonArray();
    for (Witness witness : incident.witnesses()) {
      JsonObject node = new JsonObject();
      node.addProperty("node", witness.node());
      node.addProperty("verdict", witness.verdict().name().toLowerCase(Locale.ROOT));
      node.addProperty("at", witness.at().toString());
      node.addProperty("error", error(witness));
      nodes.add(node);
    }
    json.add("nodes", nodes);
    json.addProperty("response", response);
    return json;
  }

  private static Map<String, Object> context(Notice notice, String subject, String text) {
    Map<String, Object> context = new HashMap<>();
    head(notice, subject, text)
        .entrySet()
        .forEach(field -> context.put(field.getKey(), field.getValue().getAsString()));
    return context;
  }

  private Map<String, Object> context(
      Notice notice,
      String subject,
      String text,
      List<Told> all,
      List<String> answers,
      Instant now) {
    Map<String, Object> context = context(notice, subject, text);
    context.put("count", all.size());
    List<Map<String, Object>> list = new ArrayList<>();
    for (int i = 0; i < Math.min(all.size(), IN_A_LINE); i++) {
      Told told = all.get(i);
      Map<String, Object> one = new HashMap<>();
      one.put("ended", "");
      json(told, answers.get(i), now)
          .entrySet()
          .forEach(field -> {
            if (field.getValue().isJsonPrimitive()) {
              one.put(field.getKey(), field.getValue().getAsString());
            }
          });
      one.put("over", told.isOver());
      one.put("nodes", told.incident().witnesses().stream().map(Composer::context).toList());
      list.add(one);
    }
    context.put("incidents", list);
    return context;
  }

  private static Map<String, Object> context(Witness witness) {
    return Map.of(
        "node", witness.node(),
        "verdict", witness.verdict().name().toLowerCase(Locale.ROOT),
        "at", witness.at().toString(),
        "error", error(witness));
  }

  /** The same for every attempt, on every manager. */
  private static String key(String noticeId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(noticeId.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java has it
    }
  }
}
