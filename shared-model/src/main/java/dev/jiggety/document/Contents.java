package dev.jiggety.document;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.model.Change;
import dev.jiggety.model.Content;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Between documents and what they say: a {@link Content} is a document without what a hub adds to
 * it, in the one spelling that a digest needs. Fields that this version does not know are part of
 * it.
 */
public final class Contents {
  private Contents() {}

  /** What a document says, without its revision and the like. */
  public static Content of(JsonObject document) {
    JsonObject content = new JsonObject();
    document
        .entrySet()
        .forEach(member -> {
          if (!member.getKey().startsWith("_") || member.getKey().equals("_id")) {
            content.add(member.getKey(), member.getValue());
          }
        });
    return Digests.content(CanonicalJson.write(content));
  }

  /** What the document of a test says. */
  public static Content of(TestDefinition test) {
    return of(TestDocument.TYPE.write(test));
  }

  /** The document that says it, without a revision. */
  public static JsonObject document(Content content) {
    return TestDocument.parseObject(content.text());
  }

  /**
   * The edit of a test.
   *
   * @param before the document that was edited, so that fields that are not known stay; null for a
   *     new test
   */
  public static Change.Put put(TestDefinition test, @Nullable JsonObject before) {
    JsonObject document =
        before == null ? TestDocument.TYPE.write(test) : TestDocument.TYPE.write(test, before);
    return new Change.Put(
        Ids.test(test.id()), of(document), before == null ? null : of(before).digest());
  }

  /** The removal of a document. */
  public static Change.Delete delete(JsonObject before) {
    return new Change.Delete(before.get("_id").getAsString(), of(before).digest());
  }

  /**
   * A field in which two edits of one document differ from what both began with.
   *
   * @param place a path inside the document, like {@code schedule.every}
   * @param who changed it
   * @param base what both began with; null for nothing
   * @param theirs what is in force now; null for nothing
   * @param mine what the edit wants; null for nothing
   */
  public record FieldDifference(
      String place,
      Who who,
      @Nullable JsonElement base,
      @Nullable JsonElement theirs,
      @Nullable JsonElement mine) {

    /** Whose change it is. */
    public enum Who {
      /** Only what is in force changed. */
      THEIRS,
      /** Only the edit changes it. */
      MINE,
      /** Both, to the same. */
      SAME,
      /** Both, to something else: a person has to choose. */
      CONFLICT
    }
  }

  /**
   * Compares three versions of a document field by field, lists as a whole. For an edit that does
   * not fit what is in force: shows what to choose, and how little often.
   *
   * @param base what the edit was made against; null for none
   * @param theirs what is in force; null for none
   * @param mine what the edit wants; null for none
   */
  public static List<FieldDifference> compare(
      @Nullable JsonObject base, @Nullable JsonObject theirs, @Nullable JsonObject mine) {
    List<FieldDifference> differences = new ArrayList<>();
    compare("", plain(base), plain(theirs), plain(mine), differences);
    return List.copyOf(differences);
  }

  private static JsonObject plain(@Nullable JsonObject document) {
    return document == null ? new JsonObject() : document(of(document));
  }

  private static void compare(
      String place,
      JsonObject base,
      JsonObject theirs,
      JsonObject mine,
      List<FieldDifference> differences) {
    TreeSet<String> names = new TreeSet<>(base.keySet());
    names.addAll(theirs.keySet());
    names.addAll(mine.keySet());
    for (String name : names) {
      String at = place.isEmpty() ? name : place + "." + name;
      JsonElement b = base.get(name);
      JsonElement t = theirs.get(name);
      JsonElement m = mine.get(name);
      if (areObjects(b, t, m)) {
        compare(at, object(b), object(t), object(m), differences);
      } else {
        FieldDifference.Who who = who(b, t, m);
        if (who != null) {
          differences.add(new FieldDifference(at, who, b, t, m));
        }
      }
    }
  }

  private static FieldDifference.@Nullable Who who(
      @Nullable JsonElement base, @Nullable JsonElement theirs, @Nullable JsonElement mine) {
    boolean isTheirs = !Objects.equals(base, theirs);
    boolean isMine = !Objects.equals(base, mine);
    if (isTheirs && isMine) {
      return Objects.equals(theirs, mine) ? FieldDifference.Who.SAME : FieldDifference.Who.CONFLICT;
    }
    return isTheirs ? FieldDifference.Who.THEIRS : isMine ? FieldDifference.Who.MINE : null;
  }

  /** At least two of them are objects and none is anything else. */
  private static boolean areObjects(@Nullable JsonElement... elements) {
    int objects = 0;
    for (JsonElement element : elements) {
      if (element instanceof JsonObject) {
        objects++;
      } else if (element != null && !element.isJsonNull()) {
        return false;
      }
    }
    return objects >= 2;
  }

  private static JsonObject object(@Nullable JsonElement element) {
    return element instanceof JsonObject object ? object : new JsonObject();
  }
}
