package dev.jiggety.agent.importing;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML of others, as JSON. */
final class YamlReads {
  private YamlReads() {}

  /** All documents of a text that are objects. */
  static List<JsonObject> parse(String text, String what) {
    List<JsonObject> documents = new ArrayList<>();
    try {
      Gson gson = new Gson();
      for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
        JsonElement json = gson.toJsonTree(document);
        if (json.isJsonObject()) {
          documents.add(json.getAsJsonObject());
        }
      }
    } catch (MarkedYamlEngineException e) {
      String where =
          e.getProblemMark()
              .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
              .orElse("somewhere");
      throw new ImportException("this is no " + what + ": " + where + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new ImportException("this is no " + what + ": " + e.getMessage());
    }
    if (documents.isEmpty()) {
      throw new ImportException("this is no " + what + ": it is no YAML object");
    }
    return documents;
  }
}
