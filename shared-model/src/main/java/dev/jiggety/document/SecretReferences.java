package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Placeholders;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Which secrets a test refers to, in whatever text of its check and its assertions. */
public final class SecretReferences {
  private SecretReferences() {}

  /** Their names, without {@code secret.}; empty when it needs none. */
  public static NavigableSet<String> in(TestDefinition test) {
    TreeSet<String> names = new TreeSet<>();
    collect(TestDocument.TYPE.write(test), names);
    return names;
  }

  /** The same for any other document, like that of a channel. */
  public static NavigableSet<String> in(JsonObject document) {
    TreeSet<String> names = new TreeSet<>();
    collect(document, names);
    return names;
  }

  private static void collect(JsonElement json, Set<String> names) {
    if (json instanceof JsonObject object) {
      object.entrySet().forEach(member -> collect(member.getValue(), names));
    } else if (json instanceof JsonArray array) {
      array.forEach(item -> collect(item, names));
    } else if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()) {
      Placeholders.find(json.getAsString()).stream()
          .filter(Placeholders.Reference::secret)
          .forEach(reference -> names.add(reference.name()));
    }
  }
}
