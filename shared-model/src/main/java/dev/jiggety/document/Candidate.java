package dev.jiggety.document;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * What nodes try beside what is in force: the patches of a ride as their operators signed them, so
 * that each node can check for itself who wants the changes.
 *
 * @param ride the rollout
 * @param patches {@code patch:} documents with their signatures, in the order of the line
 */
public record Candidate(String ride, List<JsonObject> patches) {
  public Candidate {
    patches = patches.stream().map(JsonObject::deepCopy).toList();
  }
}
