package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;

/** Until there are some. */
public final class BuiltinReduces {
  private BuiltinReduces() {}

  public static Optional<Reduce> find(String name) {
    if (!name.equals("_sum") && !name.equals("_stats")) return Optional.empty();
    return Optional.of(
        new Reduce() {
          @Override
          public JsonElement reduce(List<ViewRow> rows) {
            return new JsonPrimitive(rows.stream().mapToLong(row -> row.value().getAsLong()).sum());
          }

          @Override
          public JsonElement rereduce(List<JsonElement> reductions) {
            return new JsonPrimitive(reductions.stream().mapToLong(JsonElement::getAsLong).sum());
          }
        });
  }
}
