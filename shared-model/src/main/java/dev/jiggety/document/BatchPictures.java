package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The pictures of a batch. Inside a run's evidence they stand as base64 while the run waits to be
 * put into a batch; in the batch's document they are attachments, so that whoever reads results
 * does not carry them along. The evidence then names its attachment: {@code {"name": "….png",
 * "type": "image/png"}}.
 */
public final class BatchPictures {
  /** A batch has no more; the first ones are kept. */
  public static final int MOST = 4;

  private static final String ATTACHMENTS = "_attachments";
  private static final String PICTURE = "picture";
  private static final String DATA = "data";
  private static final String NAME = "name";

  private BatchPictures() {}

  /**
   * Makes the pictures in a batch's runs its attachments, at most {@link #MOST}; the evidence says
   * which were left out. A function of the content: what comes out is always the same.
   */
  public static void detach(JsonObject batch) {
    JsonObject attachments = new JsonObject();
    for (JsonObject evidence : evidences(batch)) {
      JsonObject picture = evidence.getAsJsonObject(PICTURE);
      JsonElement data = picture.remove(DATA);
      String name = picture.get(NAME).getAsString();
      if (data == null || attachments.has(name)) {
        continue;
      }
      if (attachments.size() >= MOST) {
        evidence.remove(PICTURE);
        leaveOut(evidence);
        continue;
      }
      JsonObject attachment = new JsonObject();
      attachment.add("content_type", picture.get("type"));
      attachment.add(DATA, data);
      attachments.add(name, attachment);
    }
    if (!attachments.isEmpty()) {
      batch.add(ATTACHMENTS, attachments);
    }
  }

  /** The document with the pictures that came with it back in their places; stubs stay names. */
  static JsonObject attached(JsonObject batch) {
    if (!(batch.get(ATTACHMENTS) instanceof JsonObject given)) {
      return batch;
    }
    Set<String> whole = new TreeSet<>();
    given
        .entrySet()
        .forEach(one -> {
          if (one.getValue() instanceof JsonObject it && it.has(DATA)) {
            whole.add(one.getKey());
          }
        });
    if (whole.isEmpty()) {
      return batch;
    }
    JsonObject attached = batch.deepCopy();
    for (JsonObject evidence : evidences(attached)) {
      JsonObject picture = evidence.getAsJsonObject(PICTURE);
      if (picture.get(NAME) instanceof JsonPrimitive name && whole.contains(name.getAsString())) {
        picture.add(DATA, given.getAsJsonObject(name.getAsString()).get(DATA));
      }
    }
    return attached;
  }

  /** Those with a picture, in the order of the document. */
  private static List<JsonObject> evidences(JsonObject batch) {
    List<JsonObject> found = new ArrayList<>();
    for (JsonObject run : objects(batch, "runs")) {
      for (String list : List.of("samples", "retried")) {
        for (JsonObject sample : objects(run, list)) {
          if (sample.get("evidence") instanceof JsonObject evidence
              && evidence.get(PICTURE) instanceof JsonObject) {
            found.add(evidence);
          }
        }
      }
    }
    return found;
  }

  private static List<JsonObject> objects(JsonObject owner, String name) {
    List<JsonObject> objects = new ArrayList<>();
    if (owner.get(name) instanceof JsonArray array) {
      for (JsonElement element : array) {
        if (element instanceof JsonObject object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  private static void leaveOut(JsonObject evidence) {
    JsonArray leftOut =
        evidence.get("left-out") instanceof JsonArray there ? there : new JsonArray();
    leftOut.add("the picture: a batch of results carries at most " + MOST);
    evidence.add("left-out", leftOut);
  }
}
