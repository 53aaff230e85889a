package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * CouchDB's own reduce functions
 * (docs.couchdb.org/en/stable/ddocs/ddocs.html#built-in-reduce-functions, couch_query_servers.erl).
 * Integers are exact, however long they become; a sum with a number that has a fraction or exponent
 * is a double.
 */
public final class BuiltinReduces {

  private static final Pattern RANK = Pattern.compile("_(top|bottom)_([1-9][0-9]?|100)");

  private static final ValueReduce COUNT =
      new ValueReduce() {
        @Override
        public JsonElement reduceValues(List<JsonElement> values) {
          return new JsonPrimitive((long) values.size());
        }

        @Override
        public JsonElement rereduce(List<JsonElement> reductions) {
          return new JsonPrimitive(reductions.stream().mapToLong(JsonElement::getAsLong).sum());
        }
      };

  private static final ValueReduce FIRST =
      new ValueReduce() {
        @Override
        public JsonElement reduceValues(List<JsonElement> values) {
          return values.getFirst();
        }

        @Override
        public JsonElement rereduce(List<JsonElement> reductions) {
          return reductions.getFirst();
        }
      };

  private static final ValueReduce LAST =
      new ValueReduce() {
        @Override
        public JsonElement reduceValues(List<JsonElement> values) {
          return values.getLast();
        }

        @Override
        public JsonElement rereduce(List<JsonElement> reductions) {
          return reductions.getLast();
        }
      };

  private BuiltinReduces() {}

  /** The function with this name, as {@code _sum}; empty if CouchDB 3.5 has none. */
  public static Optional<Reduce> find(String name) {
    return Optional.ofNullable(
        switch (name.strip()) {
          case "_sum" -> new SumReduce();
          case "_count" -> COUNT;
          case "_stats" -> new StatsReduce();
          case "_approx_count_distinct" -> new DistinctReduce();
          case "_first" -> FIRST;
          case "_last" -> LAST;
          case String other -> {
            var rank = RANK.matcher(other);
            yield rank.matches()
                ? new RankReduce(Integer.parseInt(rank.group(2)), rank.group(1).equals("top"))
                : null;
          }
        });
  }
}
