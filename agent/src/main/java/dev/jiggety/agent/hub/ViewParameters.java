package dev.jiggety.agent.hub;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.DocumentForm;
import dev.jiggety.agent.store.collation.Collation;
import dev.jiggety.agent.store.view.ViewQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query of a view, with CouchDB's rules for what goes together
 * (docs.couchdb.org/en/stable/api/ddoc/views.html).
 *
 * @param range start, end, order, skip and limit
 * @param keys these keys in this order, instead of a range; null = the range
 * @param reduced whether rows are summed up
 * @param groupLevel as {@link dev.jiggety.agent.store.view.ViewIndex#reduce} has it
 * @param includeDocs whether rows come with documents
 * @param form how documents are shown
 * @param update whether the index is brought up to date first
 * @param updateLater whether it is behind the answer's back
 */
record ViewParameters(
    ViewQuery range,
    @Nullable List<JsonElement> keys,
    boolean reduced,
    int groupLevel,
    boolean includeDocs,
    DocumentForm form,
    boolean sorted,
    boolean updateSeq,
    boolean update,
    boolean updateLater) {

  /** The parameters that are JSON in a query too; all others are bare words there. */
  private static final List<String> JSON =
      List.of("key", "keys", "startkey", "start_key", "endkey", "end_key");

  private static final List<String> WORDS =
      List.of(
          "startkey_docid",
          "start_key_doc_id",
          "endkey_docid",
          "end_key_doc_id",
          "limit",
          "skip",
          "descending",
          "inclusive_end",
          "reduce",
          "group",
          "group_level",
          "include_docs",
          "conflicts",
          "attachments",
          "att_encoding_info",
          "sorted",
          "stable",
          "update",
          "update_seq",
          "stale");

  /** The same in a partition; null = in the whole database. */
  ViewParameters in(@Nullable String partition) {
    return new ViewParameters(
        range.in(partition),
        keys,
        reduced,
        groupLevel,
        includeDocs,
        form,
        sorted,
        updateSeq,
        update,
        updateLater);
  }

  /** All parameters of a request: those of its body, and over them those of its query. */
  static JsonObject given(JsonObject body, Query query) {
    var given = new JsonObject();
    body.entrySet().forEach(member -> given.add(member.getKey(), member.getValue()));
    for (var name : JSON) {
      query.json(name).ifPresent(value -> given.add(name, value));
    }
    for (var name : WORDS) {
      query.text(name).ifPresent(value -> given.addProperty(name, value));
    }
    return given;
  }

  /**
   * Reads them.
   *
   * @param reducible whether the view has a reduce function
   * @throws CouchError 400 query_parse_error
   */
  static ViewParameters read(JsonObject given, boolean reducible) {
    var reduce = flag(given, "reduce");
    var reduced = reducible && reduce.orElse(true);
    var group = flag(given, "group");
    var level = number(given, "group_level");
    var keys = keys(given);
    var groupLevel = groupLevel(group, level);
    if (!reduced && reduce.orElse(false)) {
      throw CouchError.queryParse("Reduce is invalid for map-only views.");
    }
    if (reduced && groupLevel != Integer.MAX_VALUE && keys != null) {
      throw CouchError.queryParse("Multi-key fetches for reduce views must use `group=true`");
    }
    var range = range(given);
    if (keys != null && !keys.isEmpty() && (range.startKey() != null || range.endKey() != null)) {
      throw CouchError.queryParse("`keys` is incompatible with `key`, `start_key` and `end_key`");
    }
    if (!reduced && groupLevel != 0) {
      throw CouchError.queryParse("Invalid use of grouping on a map view.");
    }
    var includeDocs = flag(given, "include_docs").orElse(false);
    if (reduced && includeDocs) {
      throw CouchError.queryParse("`include_docs` is invalid for reduce");
    }
    var conflicts = flag(given, "conflicts");
    if (reduced && conflicts.isPresent()) {
      throw CouchError.queryParse("`conflicts` is invalid for reduce views.");
    }
    flag(given, "att_encoding_info"); // nothing is encoded here, so there is nothing to tell
    var form =
        new DocumentForm(
            false,
            false,
            conflicts.orElse(false),
            false,
            false,
            flag(given, "attachments").orElse(false));
    checkRange(range);
    var update = update(given);
    return new ViewParameters(
        range,
        keys,
        reduced,
        groupLevel,
        includeDocs,
        form,
        flag(given, "sorted").orElse(true),
        flag(given, "update_seq").orElse(false),
        update.equals("true"),
        update.equals("lazy"));
  }

  private static ViewQuery range(JsonObject given) {
    var key = given.get("key");
    return new ViewQuery(
        key == null ? first(given, "startkey", "start_key") : key,
        id(given, "startkey_docid", "start_key_doc_id", "start_key_docid"),
        key == null ? first(given, "endkey", "end_key") : key,
        id(given, "endkey_docid", "end_key_doc_id", "end_key_docid"),
        flag(given, "inclusive_end").orElse(true),
        flag(given, "descending").orElse(false),
        number(given, "skip").orElse(0L),
        number(given, "limit").orElse(Long.MAX_VALUE));
  }

  private static @Nullable JsonElement first(JsonObject given, String name, String alias) {
    return given.has(name) ? given.get(name) : given.get(alias);
  }

  private static @Nullable String id(
      JsonObject given, String name, String alias, String couchName) {
    var value = first(given, name, alias);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw CouchError.queryParse("`" + couchName + "` must be a string.");
  }

  private static @Nullable List<JsonElement> keys(JsonObject given) {
    return switch (given.get("keys")) {
      case null -> null;
      case JsonArray array -> new ArrayList<>(array.asList());
      default -> throw CouchError.queryParse("`keys` must be an array of strings.");
    };
  }

  private static int groupLevel(Optional<Boolean> group, Optional<Long> level) {
    if (level.isEmpty()) {
      return group.orElse(false) ? Integer.MAX_VALUE : 0;
    }
    if (level.get() > 0 && !group.orElse(true)) {
      throw CouchError.queryParse("Can't specify group=false and group_level>0 at the same time");
    }
    // One less than what stands for a group for each key.
    return (int) Math.min(level.get(), Integer.MAX_VALUE - 1);
  }

  private static void checkRange(ViewQuery range) {
    var start = range.startKey();
    var end = range.endKey();
    if (start == null || end == null || start.equals(end)) {
      return;
    }
    var order = Collation.compare(start, end);
    var startId = range.startDocId();
    var endId = range.endDocId();
    if (order == 0 && startId != null && endId != null) {
      order = startId.compareTo(endId);
    }
    if (range.descending() ? order < 0 : order > 0) {
      throw CouchError.queryParse(
          "No rows can match your key range, reverse your start_key and end_key or set"
              + (range.descending() ? " descending=false" : " descending=true"));
    }
  }

  /** {@code true}, {@code false} or {@code lazy}. */
  private static String update(JsonObject given) {
    var stable = word(given, "stable", "true");
    if (!stable.equals("true") && !stable.equals("false")) {
      throw CouchError.queryParse("Invalid value for `stable`.");
    }
    var update = word(given, "update", "true");
    if (!update.equals("true") && !update.equals("false") && !update.equals("lazy")) {
      throw CouchError.queryParse("Invalid value for `update`.");
    }
    return switch (word(given, "stale", "")) {
      case "" -> update;
      case "ok" -> "false";
      case "update_after" -> "lazy";
      default -> throw CouchError.queryParse("Invalid value for `stale`.");
    };
  }

  private static String word(JsonObject given, String name, String otherwise) {
    return switch (given.get(name)) {
      case null -> otherwise;
      case JsonPrimitive word -> word.getAsString();
      case JsonElement other -> other.toString();
    };
  }

  private static Optional<Boolean> flag(JsonObject given, String name) {
    var word = word(given, name, "");
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> {
        if (!given.has(name)) {
          yield Optional.empty();
        }
        throw CouchError.queryParse("Invalid boolean parameter: \"" + word + "\"");
      }
    };
  }

  private static Optional<Long> number(JsonObject given, String name) {
    if (!given.has(name)) {
      return Optional.empty();
    }
    var word = word(given, name, "");
    long number;
    try {
      number = Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw CouchError.queryParse("Invalid value for integer: \"" + word + "\"");
    }
    if (number < 0) {
      throw CouchError.queryParse("Invalid value for positive integer: \"" + word + "\"");
    }
    return Optional.of(number);
  }
}
