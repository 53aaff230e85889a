package dev.jiggety.agent.store.mango;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** A plan as {@code _explain} shows it. */
final class Explanation {
  private static final String MAX = "<MAX>";

  private Explanation() {}

  /** The whole answer. */
  static JsonObject of(String database, FindRequest request, Plan plan) {
    var index = plan.index();
    var json = new JsonObject();
    json.addProperty("dbname", database);
    json.add("index", index == null ? JsonNull.INSTANCE : index.toJson());
    json.addProperty("partitioned", request.partition() != null);
    json.add("selector", request.selector().toJson());
    json.add("opts", request.toJson());
    json.addProperty("limit", request.limit());
    json.addProperty("skip", request.skip());
    json.add("fields", request.shownFields());
    json.add("index_candidates", candidates(request, plan));
    json.add("selector_hints", hints(request));
    if (index != null) {
      json.add("mrargs", arguments(request, plan, index));
      json.addProperty("covering", Finder.isCovered(request, index));
    }
    return json;
  }

  private static JsonArray candidates(FindRequest request, Plan plan) {
    var candidates = new JsonArray();
    for (var candidate : plan.candidates()) {
      var reason = new JsonObject();
      reason.addProperty("name", candidate.reason());
      var reasons = new JsonArray();
      reasons.add(reason);
      var analysis = new JsonObject();
      analysis.addProperty("usable", candidate.usable());
      analysis.add("reasons", reasons);
      analysis.addProperty("ranking", candidate.ranking());
      analysis.add(
          "covering",
          candidate.index().isSpecial()
              ? JsonNull.INSTANCE
              : new JsonPrimitive(Finder.isCovered(request, candidate.index())));
      var json = new JsonObject();
      json.add("index", candidate.index().toJson());
      json.add("analysis", analysis);
      candidates.add(json);
    }
    return candidates;
  }

  private static JsonArray hints(FindRequest request) {
    var condition = request.selector().condition();
    var indexable = FieldUse.indexable(condition);
    var others = new LinkedHashSet<>(FieldUse.fields(condition));
    others.removeAll(indexable);
    var hint = new JsonObject();
    hint.addProperty("type", "json");
    hint.add("indexable_fields", FindRequest.strings(indexable));
    hint.add("unindexable_fields", FindRequest.strings(others));
    var hints = new JsonArray();
    hints.add(hint);
    return hints;
  }

  private static JsonObject arguments(FindRequest request, Plan plan, MangoIndex index) {
    var json = new JsonObject();
    json.addProperty("include_docs", !Finder.isCovered(request, index));
    json.addProperty("view_type", "map");
    json.addProperty("reduce", false);
    var partition = request.partition();
    json.add("partition", partition == null ? JsonNull.INSTANCE : new JsonPrimitive(partition));
    var low = index.isSpecial() ? id(plan.lowId(), "") : plan.lowKey();
    var high = index.isSpecial() ? id(plan.highId(), MAX) : shown(plan.highKey());
    json.add("start_key", plan.nothing() ? JsonNull.INSTANCE : plan.descending() ? high : low);
    json.add("end_key", plan.nothing() ? JsonNull.INSTANCE : plan.descending() ? low : high);
    json.addProperty("direction", plan.descending() ? "rev" : "fwd");
    json.addProperty("stable", request.stable() || request.staleOk());
    json.addProperty("update", !request.withoutUpdate());
    json.add(
        "conflicts",
        request.conflicts() ? new JsonPrimitive(true) : new JsonPrimitive("undefined"));
    return json;
  }

  private static JsonElement id(@Nullable String id, String otherwise) {
    return new JsonPrimitive(id == null ? otherwise : id);
  }

  private static JsonArray shown(JsonArray key) {
    var shown = new JsonArray();
    for (var element : key) {
      shown.add(element.equals(Plan.MAX) ? new JsonPrimitive(MAX) : element);
    }
    return shown;
  }
}
