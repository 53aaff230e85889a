package dev.jiggety.agent.store.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.jiggety.agent.store.collation.Collation;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** {@code _top_N} and {@code _bottom_N}: the greatest or least values, each once. */
record RankReduce(int count, boolean top) implements ValueReduce {

  @Override
  public JsonElement reduceValues(List<JsonElement> values) {
    Comparator<JsonElement> order = Collation::compare;
    var best = new TreeSet<JsonElement>(top ? order.reversed() : order);
    for (var value : values) {
      if (best.add(value) && best.size() > count) {
        best.pollLast();
      }
    }
    var ranked = new JsonArray(best.size());
    best.forEach(ranked::add);
    return ranked;
  }

  @Override
  public JsonElement rereduce(List<JsonElement> reductions) {
    return reduceValues(
        reductions.stream().flatMap(each -> each.getAsJsonArray().asList().stream()).toList());
  }
}
