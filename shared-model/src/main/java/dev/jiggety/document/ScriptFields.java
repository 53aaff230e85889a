package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.model.Check;
import dev.jiggety.model.Engine;
import java.util.Map;
import java.util.TreeMap;

/** The settings of a test of kind {@code script}. */
final class ScriptFields {
  private static final Check.Script DEFAULT = Check.Script.of("");

  private ScriptFields() {}

  static Check.Script read(Fields settings, boolean strictly) {
    Map<String, String> variables = new TreeMap<>();
    Fields given = settings.object("variables");
    given.names().forEach(name -> variables.put(name, given.text(name)));
    Check.Script script =
        new Check.Script(
            settings.text("source"),
            variables,
            settings.oneOf("engine", DEFAULT.engine(), Engine.values(), Engine::label),
            settings.flag("javascript", DEFAULT.javascript()),
            settings.flag("strict", DEFAULT.strictStatus()),
            ConnectionFields.read(settings, strictly));
    if (strictly) {
      settings.refuseUnknown();
    }
    return script;
  }

  static JsonObject write(Check.Script script) {
    JsonObject json = new JsonObject();
    json.addProperty("source", script.source());
    if (!script.variables().isEmpty()) {
      JsonObject variables = new JsonObject();
      script.variables().forEach(variables::addProperty);
      json.add("variables", variables);
    }
    if (script.engine() != DEFAULT.engine()) {
      json.addProperty("engine", script.engine().label());
    }
    if (script.javascript() != DEFAULT.javascript()) {
      json.addProperty("javascript", script.javascript());
    }
    if (script.strictStatus() != DEFAULT.strictStatus()) {
      json.addProperty("strict", script.strictStatus());
    }
    ConnectionFields.write(json, script.connection());
    return json;
  }
}
