package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code _find} and {@code _explain} are asked
 * (docs.couchdb.org/en/stable/api/database/find.html).
 *
 * @param fields what is shown of a document; null = all of it
 * @param useIndex design document, or design document and name of an index; empty = any
 * @param allowFallback whether another index may do where that one cannot
 * @param bookmark where the page before ended; null = the first page
 * @param partition the documents of this one alone; null = all
 * @param update whether the index is brought up to date before
 */
public record FindRequest(
    Selector selector,
    long limit,
    long skip,
    List<SortField> sort,
    @Nullable List<String> fields,
    List<String> useIndex,
    boolean allowFallback,
    @Nullable String bookmark,
    boolean conflicts,
    boolean update,
    boolean stable,
    boolean staleOk,
    boolean executionStats,
    long quorum,
    @Nullable String partition) {

  private static final long DEFAULT_LIMIT = 25;

  public FindRequest {
    sort = List.copyOf(sort);
    fields = fields == null ? null : List.copyOf(fields);
    useIndex = List.copyOf(useIndex);
  }

  /**
   * Reads a request.
   *
   * @throws SelectorException where it is none
   */
  public static FindRequest parse(JsonObject json) throws SelectorException {
    var options = new Options(json);
    var selector = Options.selector(options.required("selector"));
    var useIndex = useIndex(options.get("use_index"));
    var bookmark = bookmark(options.get("bookmark"));
    var limit = options.count("limit", DEFAULT_LIMIT);
    var skip = options.count("skip", 0);
    var sort = options.get("sort");
    var fields = fields(options.get("fields"));
    var partition = options.text("partition");
    var request =
        new FindRequest(
            selector,
            limit,
            skip,
            sort == null ? List.of() : SortField.parse(sort),
            fields,
            useIndex,
            options.flag("allow_fallback", true),
            bookmark,
            options.flag("conflicts", false),
            options.flag("update", true),
            options.flag("stable", false),
            stale(options.get("stale")),
            options.flag("execution_stats", false),
            options.positive("r", 1),
            partition == null || partition.isEmpty() ? null : partition);
    options.finish();
    return request;
  }

  private static boolean stale(@Nullable JsonElement json) throws SelectorException {
    if (json == null || (json instanceof JsonPrimitive no && no.getAsString().equals("false"))) {
      return false;
    }
    if (json instanceof JsonPrimitive ok && ok.getAsString().equals("ok")) {
      return true;
    }
    throw new SelectorException("invalid_ok_or_false_value", "Invalid value for stale: " + json);
  }

  private static @Nullable String bookmark(@Nullable JsonElement json) throws SelectorException {
    if (json == null || json.isJsonNull()) {
      return null;
    }
    if (json instanceof JsonPrimitive text && text.isString()) {
      var bookmark = text.getAsString();
      return bookmark.isEmpty() || bookmark.equals(Bookmark.NIL) ? null : bookmark;
    }
    throw Bookmark.invalid(json.toString());
  }

  /** The names of an index in what may be a string with a slash, or an array. */
  static List<String> useIndex(@Nullable JsonElement json) throws SelectorException {
    return switch (json) {
      case null -> List.of();
      case JsonNull ignored -> List.of();
      case JsonPrimitive text when text.isString() -> parts(text.getAsString());
      case JsonArray array when array.size() <= 2 && isStrings(array) ->
          array.asList().stream().map(JsonElement::getAsString).toList();
      default -> throw new SelectorException("invalid_index_name", "Invalid index name: " + json);
    };
  }

  private static List<String> parts(String name) {
    var design = "_design/";
    var rest = name.startsWith(design) ? name.substring(design.length()) : name;
    return List.of(rest.split("/", 2));
  }

  private static boolean isStrings(JsonArray array) {
    return array.asList().stream()
        .allMatch(element -> element instanceof JsonPrimitive text && text.isString());
  }

  private static @Nullable List<String> fields(@Nullable JsonElement json)
      throws SelectorException {
    if (json == null || (json instanceof JsonArray none && none.isEmpty())) {
      return null;
    }
    if (!(json instanceof JsonArray array)) {
      throw new SelectorException(
          "invalid_fields", "Fields must be an array of strings, not: " + json);
    }
    var fields = new ArrayList<String>();
    for (var element : array) {
      if (!(element instanceof JsonPrimitive text && text.isString())) {
        throw new SelectorException("invalid_field", "Invalid JSON for field spec: " + element);
      }
      fields.add(FieldPath.parse(text.getAsString()).text());
    }
    return fields;
  }

  /** Whether the index may be used as it is. */
  boolean withoutUpdate() {
    return staleOk || !update;
  }

  /** All fields that are looked at; empty where these are all. */
  List<String> needed() {
    var shown = fields;
    if (shown == null) {
      return List.of();
    }
    var needed = new ArrayList<>(shown);
    needed.addAll(FieldUse.fields(selector.condition()));
    return needed;
  }

  /** As {@code _explain} shows it. */
  JsonObject toJson() {
    var json = new JsonObject();
    json.add("use_index", strings(useIndex));
    json.addProperty("bookmark", bookmark == null ? Bookmark.NIL : bookmark);
    json.addProperty("limit", limit);
    json.addProperty("skip", skip);
    json.add("sort", SortField.toObject(sort));
    json.add("fields", shownFields());
    json.addProperty("partition", partition == null ? "" : partition);
    json.addProperty("r", quorum);
    json.addProperty("conflicts", conflicts);
    json.add("stale", staleOk ? new JsonPrimitive("ok") : new JsonPrimitive(false));
    json.addProperty("update", update);
    json.addProperty("stable", stable);
    json.addProperty("execution_stats", executionStats);
    json.addProperty("allow_fallback", allowFallback);
    return json;
  }

  /** The fields; none where all are shown. */
  JsonArray shownFields() {
    return strings(fields == null ? List.of() : fields);
  }

  static JsonArray strings(Iterable<String> texts) {
    var array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
