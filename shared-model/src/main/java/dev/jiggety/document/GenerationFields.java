package dev.jiggety.document;

import com.google.gson.JsonObject;
import dev.jiggety.model.Generation;
import org.jspecify.annotations.Nullable;

/** A state of the configuration, as it stands in heads and in what nodes say of their slots. */
final class GenerationFields {
  private GenerationFields() {}

  static JsonObject write(Generation generation) {
    JsonObject json = new JsonObject();
    if (!generation.ride().isEmpty()) {
      json.addProperty("ride", generation.ride());
    }
    json.addProperty("release", generation.release());
    json.addProperty("digest", generation.digest());
    return json;
  }

  static Generation read(Fields fields) {
    return new Generation(
        fields.text("ride", ""), fields.required("release"), fields.text("digest"));
  }

  static @Nullable Generation readOptional(Fields owner, String name) {
    return owner.has(name) ? read(owner.object(name)) : null;
  }
}
