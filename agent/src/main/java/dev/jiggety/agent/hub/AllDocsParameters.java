package dev.jiggety.agent.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import dev.jiggety.agent.store.AllDocsQuery;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code _all_docs} and its like as a query of the store.
 *
 * @param first ids before this do not belong to the list; null = all do
 * @param behind nor this and those behind it; null = all do
 */
record AllDocsParameters(Query query, @Nullable String first, @Nullable String behind) {
  /** Before and behind all ids: what stands for a key that is no string. */
  private static final String LOWEST = "";

  private static final String HIGHEST = "\udbff\udfff".repeat(8);

  /** What the client asks for, cut to what belongs to the list. */
  AllDocsQuery asked() {
    var keys = query.strings("keys").orElse(null);
    var descending = query.flag("descending");
    var key = bound("key", "key");
    var start = key.or(() -> bound("startkey", "start_key")).orElse(null);
    var end = key.or(() -> bound("endkey", "end_key")).orElse(null);
    checkRange(keys, start, end, descending);
    var inclusive = query.flag("inclusive_end", true);
    if (first != null && behind != null) {
      var begin = descending ? behind : first;
      var finish = descending ? first : behind;
      if (start == null || isBefore(start, begin, descending)) {
        start = begin;
      }
      if (end == null || !isBefore(end, finish, descending)) {
        end = finish;
        inclusive = descending;
      }
    }
    return new AllDocsQuery(
        keys == null ? start : null,
        keys == null ? end : null,
        inclusive,
        keys,
        descending,
        query.number("skip", 0),
        query.number("limit", Long.MAX_VALUE),
        query.flag("include_docs"));
  }

  /** All that belongs to the list. */
  AllDocsQuery whole() {
    var descending = query.flag("descending");
    return new AllDocsQuery(
        descending ? behind : first,
        descending ? first : behind,
        descending,
        null,
        descending,
        0,
        Long.MAX_VALUE,
        false);
  }

  /** A key; ids are strings, and other types come before or behind all strings. */
  private Optional<String> bound(String name, String alias) {
    return query.json(query.has(name) ? name : alias).map(AllDocsParameters::place);
  }

  private static String place(JsonElement value) {
    if (value instanceof JsonPrimitive primitive) {
      return primitive.isString() ? primitive.getAsString() : LOWEST;
    }
    return value.isJsonNull() ? LOWEST : HIGHEST;
  }

  private static void checkRange(
      @Nullable List<String> keys,
      @Nullable String start,
      @Nullable String end,
      boolean descending) {
    if (keys != null && (start != null || end != null)) {
      throw CouchError.queryParse("`keys` is incompatible with `key`, `start_key` and `end_key`");
    }
    if (start != null && end != null && isBefore(end, start, descending)) {
      throw CouchError.queryParse(
          "No rows can match your key range, reverse your start_key and end_key or set"
              + " {descending="
              + !descending
              + "}");
    }
  }

  /** In the order of the list, which is that of the bytes. */
  static boolean isBefore(String one, String other, boolean descending) {
    var order =
        Arrays.compareUnsigned(
            one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    return descending ? order > 0 : order < 0;
  }
}
