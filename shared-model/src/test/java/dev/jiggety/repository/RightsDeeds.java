package dev.jiggety.repository;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.repository.RightsTable.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The documents that somebody writes, changes or deletes when he does what a row of the {@link
 * RightsTable} says. Each call makes new ones, as the account would write them itself: what is left
 * to refuse is the deed.
 */
final class RightsDeeds {
  /** How a row is done. */
  enum Way {
    READ,
    CREATE,
    /** Over what is there, or anew. */
    WRITE,
    CHANGE,
    DELETE,
    CHANGE_AND_DELETE,
    ADMINISTER
  }

  /** The name of somebody else, of each role. */
  static final String OTHER = "other";

  private int count;

  /** How a row is done. */
  static Way way(Row row) {
    String what = row.what();
    if (what.equals("read")) {
      return Way.READ;
    }
    if (what.startsWith("administer")) {
      return Way.ADMINISTER;
    }
    if (what.startsWith("change or delete")) {
      return Way.CHANGE_AND_DELETE;
    }
    if (what.startsWith("change")) {
      return Way.CHANGE;
    }
    if (what.startsWith("delete")) {
      return Way.DELETE;
    }
    return row.database().equals("config")
            || row.database().equals("status")
            || what.contains("`line`")
        ? Way.WRITE
        : Way.CREATE;
  }

  /** Documents of a row, by this account. */
  List<JsonObject> documents(Row row, String account) {
    return switch (row.database()) {
      case "config" -> config(row.what());
      case "patches" -> patches(row.what(), account);
      case "status" -> status(row.what(), account);
      case "live" -> List.of(batch(row.what().contains("another") ? OTHER : account));
      case "archive" -> {
        String node = row.what().contains("another") ? OTHER : account;
        yield List.of(packed("pack", node), packed("day", node));
      }
      case "incidents" -> incidents(row.what(), account);
      case "enrolment" -> enrolment(row.what(), account);
      case "bundles" -> each("release part", "", "");
      default -> List.of();
    };
  }

  private List<JsonObject> config(String what) {
    if (what.contains("`head`")) {
      return singles("head candidate trials settings agent secrets");
    }
    List<JsonObject> all = each("test key strategy window channel policy secret sealer", "", "");
    if (what.startsWith("delete")) {
      all.addAll(singles("head candidate trials settings agent secrets"));
    }
    return all;
  }

  private List<JsonObject> patches(String what, String account) {
    if (what.contains("`agent` alone")) {
      return List.of(patch(account, "agent"));
    }
    if (what.contains("of both")) {
      return List.of(patch(account, "test:a", "agent"), patch(account, "agent", "test:a"));
    }
    if (what.contains("of tests")) {
      return List.of(patch(account, "test:a"));
    }
    if (what.startsWith("command")) {
      List<JsonObject> commands = new ArrayList<>();
      for (String act : quoted(what)) {
        JsonObject command = document("command:" + next(), "by", account);
        command.addProperty("act", act);
        commands.add(command);
      }
      return commands;
    }
    if (what.contains("another name")) {
      List<JsonObject> lies = each("command trial deposit", "by", OTHER);
      lies.forEach(lie -> lie.addProperty("act", "pause"));
      lies.add(patch(OTHER, "test:a"));
      lies.add(patch(OTHER, "agent"));
      return lies;
    }
    if (what.startsWith("record")) {
      List<JsonObject> records = each("rollout answer before audit", "", "");
      records.addAll(singles("line"));
      return records;
    }
    if (what.equals("change a `rollout:`")) {
      return each("rollout", "", "");
    }
    if (what.contains("`trial:`")) {
      return each("trial deposit", "by", account);
    }
    List<JsonObject> once = each("command answer before audit", "by", account);
    once.forEach(document -> document.addProperty("act", "pause"));
    once.add(patch(account, "test:a"));
    once.add(patch(account, "agent"));
    once.addAll(
        what.startsWith("delete") ? each("rollout", "", "") : each("trial deposit", "by", account));
    return once;
  }

  private List<JsonObject> status(String what, String account) {
    String name = what.contains("another") ? OTHER : account;
    List<JsonObject> all = new ArrayList<>();
    if (what.contains("`node:`")) {
      all.add(document("node:" + name, "name", name));
    }
    if (what.contains("`manager:`")) {
      all.add(document("manager:" + account, "", ""));
    }
    if (what.contains("`log:`")) {
      all.add(document("log:" + name, "", ""));
    }
    if (what.contains("`log:manager:`")) {
      all.add(document("log:manager:" + account, "", ""));
    }
    if (what.contains("`hub:`")) {
      all.add(document("hub:hub", "", ""));
    }
    if (what.contains("`trial-answer:`")) {
      String request = next();
      JsonObject answer = document("trial-answer:" + request + ":" + name, "node", name);
      answer.addProperty("request", request);
      all.add(answer);
    }
    return all;
  }

  private List<JsonObject> incidents(String what, String account) {
    if (what.contains("another name")) {
      return each("act request", "by", OTHER);
    }
    if (what.contains("`act:`")) {
      return each(what.contains("request") ? "act request" : "act", "by", account);
    }
    if (what.startsWith("change")) {
      return each("incident", "", "");
    }
    List<JsonObject> all = each("incident notice dropped", "", "");
    if (what.startsWith("delete")) {
      all.addAll(each("act request", "by", account));
    }
    return all;
  }

  private List<JsonObject> enrolment(String what, String account) {
    if (what.contains("another's")) {
      return List.of(document("join:" + next(), "", ""));
    }
    if (what.startsWith("ask")) {
      return List.of(document("join:" + account.replace("guest-", ""), "", ""));
    }
    String by = what.contains("another name") ? OTHER : account;
    String kinds =
        what.contains("another name")
            ? "invitation dismissal"
            : String.join(" ", quoted(what)).replace(":", "");
    List<JsonObject> all = each(kinds, "by", by);
    all.forEach(it -> it.addProperty("state", what.contains("open") ? "open" : "ended"));
    return all;
  }

  private JsonObject batch(String node) {
    return document("batch:20261121T120000000:%s:s1:%s".formatted(node, next()), "node", node);
  }

  private JsonObject packed(String kind, String node) {
    String id = kind + ":shop:2026112112:" + node + ":" + next();
    return document(id, "", "");
  }

  private JsonObject patch(String author, String... changed) {
    JsonArray changes = new JsonArray();
    for (String id : changed) {
      changes.add(JsonParser.parseString("{\"put\":{\"_id\":\"" + id + "\"}}"));
      changes.add(JsonParser.parseString("{\"delete\":\"" + id + "\"}"));
    }
    JsonObject patch = document("patch:p-" + next(), "author", author);
    patch.add("changes", changes);
    return patch;
  }

  private List<JsonObject> singles(String kinds) {
    List<JsonObject> all = new ArrayList<>();
    for (String kind : kinds.split(" ", -1)) {
      JsonObject document = document(kind, "", "");
      document.addProperty("version", ++count);
      document.addProperty("last", count);
      all.add(document);
    }
    return all;
  }

  private List<JsonObject> each(String kinds, String field, String value) {
    Function<String, JsonObject> make = kind -> document(kind + ":" + next(), field, value);
    return new ArrayList<>(Arrays.stream(kinds.split(" ", -1)).map(make).toList());
  }

  private static List<String> quoted(String what) {
    List<String> quoted = new ArrayList<>();
    String[] parts = what.split("`", -1);
    for (int i = 1; i < parts.length; i += 2) {
      quoted.add(parts[i]);
    }
    return quoted;
  }

  private static JsonObject document(String id, String field, String value) {
    JsonObject document = new JsonObject();
    document.addProperty("_id", id);
    document.addProperty("type", id.replaceAll(":.*", ""));
    document.addProperty("schema", 1);
    if (!field.isEmpty()) {
      document.addProperty(field, value);
    }
    return document;
  }

  private String next() {
    return "n" + ++count;
  }
}
