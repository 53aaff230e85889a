package dev.jiggety.agent.store.view;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;

/** A reduce that looks at the values of rows alone, so that their keys need not be read. */
interface ValueReduce extends Reduce {

  /** Reduces the values of rows, in the order of their keys. */
  JsonElement reduceValues(List<JsonElement> values);

  @Override
  default JsonElement reduce(List<ViewRow> rows) {
    var values = new ArrayList<JsonElement>(rows.size());
    rows.forEach(row -> values.add(row.value()));
    return reduceValues(values);
  }
}
