package dev.jiggety.document;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Carries what a program does not know from an older version of a document into a newer one. */
final class Merge {
  private Merge() {}

  /**
   * {@code next}, with the members of {@code previous} that {@code understood} does not have.
   *
   * @param next what is to be written
   * @param previous the document as it stood
   * @param understood what this program would have written for {@code previous}: every member
   *     beyond it is unknown
   */
  static JsonObject keepUnknown(JsonObject next, JsonObject previous, JsonObject understood) {
    JsonObject merged = next.deepCopy();
    previous
        .entrySet()
        .forEach(member -> {
          String name = member.getKey();
          JsonElement before = member.getValue();
          if (!understood.has(name) && !merged.has(name)) {
            merged.add(name, before.deepCopy());
          } else if (before instanceof JsonObject inner
              && understood.get(name) instanceof JsonObject innerUnderstood
              && merged.get(name) instanceof JsonObject innerNext) {
            merged.add(name, keepUnknown(innerNext, inner, innerUnderstood));
          }
        });
    return merged;
  }
}
