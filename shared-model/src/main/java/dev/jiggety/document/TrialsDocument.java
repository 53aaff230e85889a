package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The one {@code trials} document in the configuration: the requests that nodes may look at now,
 * each as its operator has signed it. See docs/documents/trials.md.
 */
public final class TrialsDocument implements DocumentType<List<JsonObject>> {
  /** The one instance; it has no state. */
  public static final TrialsDocument TYPE = new TrialsDocument();

  private TrialsDocument() {}

  @Override
  public String type() {
    return "trials";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(List<JsonObject> requests) {
    return Ids.trials();
  }

  @Override
  public JsonObject write(List<JsonObject> requests) {
    JsonObject json = Documents.envelope(Ids.trials(), type(), schema());
    JsonArray array = new JsonArray();
    requests.forEach(array::add);
    json.add("requests", array);
    return json;
  }

  /** What stands there, seen by nobody: each has to be checked. What is no object is left out. */
  @Override
  public List<JsonObject> read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    Documents.open(fields, this, Ids.trials());
    List<JsonObject> requests = new ArrayList<>();
    for (JsonElement element : fields.array("requests")) {
      if (element instanceof JsonObject request) {
        requests.add(request);
      }
    }
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return List.copyOf(requests);
  }
}
