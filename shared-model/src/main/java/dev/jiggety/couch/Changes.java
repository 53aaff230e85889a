package dev.jiggety.couch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of the changes feed.
 *
 * @param results the rows, in the server's order
 * @param lastSeq where to go on; it can move although there are no rows
 * @param pending how many more there are; -1 where the server does not say
 */
public record Changes(List<Change> results, String lastSeq, long pending) {

  public Changes {
    results = List.copyOf(results);
  }

  static Changes read(JsonObject answer) {
    List<Change> rows = new ArrayList<>();
    for (JsonElement row : Json.asArray(answer.get("results"))) {
      rows.add(Change.read(Json.asObject(row)));
    }
    return new Changes(
        rows, Json.sequence(answer.get("last_seq")), Json.number(answer, "pending", -1));
  }
}
