package dev.jiggety.desktop.view.editor;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.jiggety.document.Contents;
import dev.jiggety.document.Contents.FieldDifference;
import dev.jiggety.document.Contents.FieldDifference.Who;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.TestDefinition;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else changed the test that is being edited: what both began with, what is in force now,
 * and what is typed here, field by field. Works on what was typed, right or wrong, so that nothing
 * of it is lost.
 */
public final class Merge {
  private final @Nullable Stored<TestDefinition> theirs;
  private final JsonObject merged;
  private final List<Row> rows;

  /**
   * A field in which they differ.
   *
   * @param place in the document
   * @param who changed it
   * @param base what both began with; empty for nothing
   * @param theirs what is in force now
   * @param mine what is typed here
   * @param takeMine what the merged test shall say
   */
  public record Row(
      String place,
      Who who,
      String base,
      String theirs,
      String mine,
      @Nullable JsonElement typed,
      BooleanProperty takeMine) {}

  private Merge(@Nullable Stored<TestDefinition> theirs, JsonObject merged, List<Row> rows) {
    this.theirs = theirs;
    this.merged = merged;
    this.rows = List.copyOf(rows);
  }

  /**
   * Compares.
   *
   * @param base the test that the form began with
   * @param now how it stands now; null when it was deleted
   * @param typed what the form says
   */
  static Merge of(TestDefinition base, @Nullable Stored<TestDefinition> now, JsonObject typed) {
    if (now == null) {
      return new Merge(null, typed, List.of());
    }
    JsonObject theirs = TestDocument.TYPE.writePlain(now.value());
    List<Row> rows =
        Contents.compare(TestDocument.TYPE.writePlain(base), theirs, typed).stream()
            .filter(it -> it.who() != Who.SAME)
            .map(Merge::row)
            .toList();
    return new Merge(now, theirs, rows);
  }

  private static Row row(FieldDifference it) {
    return new Row(
        it.place(),
        it.who(),
        words(it.base()),
        words(it.theirs()),
        words(it.mine()),
        it.mine(),
        new SimpleBooleanProperty(it.who() != Who.THEIRS));
  }

  /** How it stands now; null when it was deleted. */
  public @Nullable Stored<TestDefinition> theirs() {
    return theirs;
  }

  /** The fields that differ, in order. */
  public List<Row> rows() {
    return rows;
  }

  /** Where somebody else changed something. */
  public List<String> changedThere() {
    return places(Who.THEIRS, Who.CONFLICT);
  }

  /** What both changed, to something else. */
  public List<String> changedByBoth() {
    return places(Who.CONFLICT, Who.CONFLICT);
  }

  private List<String> places(Who one, Who other) {
    return rows.stream()
        .filter(row -> row.who() == one || row.who() == other)
        .map(Row::place)
        .toList();
  }

  /** The choices that were made in another comparison of the same two, where both have a field. */
  void chooseAs(Merge other) {
    for (Row row : rows) {
      other.rows.stream()
          .filter(it -> it.place().equals(row.place()))
          .forEach(it -> row.takeMine().set(it.takeMine().get()));
    }
  }

  /**
   * What was changed in one of two copies, put into the other; where both changed the same, the
   * other keeps its own.
   */
  static JsonObject both(JsonObject base, JsonObject changed, JsonObject other) {
    JsonObject result = other.deepCopy();
    Contents.compare(base, changed, other).stream()
        .filter(it -> it.who() == Who.THEIRS)
        .forEach(it -> put(result, it.place().split("\\.", -1), it.theirs()));
    return result;
  }

  /** Theirs, with everything on top that is chosen to be taken from here. */
  JsonObject merged() {
    JsonObject result = merged.deepCopy();
    for (Row row : rows) {
      if (row.takeMine().get()) {
        put(result, row.place().split("\\.", -1), row.typed());
      }
    }
    return result;
  }

  private static void put(JsonObject object, String[] place, @Nullable JsonElement value) {
    JsonObject at = object;
    for (int i = 0; i < place.length - 1; i++) {
      if (!(at.get(place[i]) instanceof JsonObject)) {
        at.add(place[i], new JsonObject());
      }
      at = at.getAsJsonObject(place[i]);
    }
    String name = place[place.length - 1];
    if (value == null) {
      at.remove(name);
    } else {
      at.add(name, value.deepCopy());
    }
    prune(object, place);
  }

  /** An object of which nothing is left goes too. */
  private static void prune(JsonObject object, String[] place) {
    if (place.length > 1 && object.get(place[0]) instanceof JsonObject part && part.isEmpty()) {
      object.remove(place[0]);
    }
  }

  private static String words(@Nullable JsonElement element) {
    return switch (element) {
      case null -> "";
      case JsonPrimitive primitive -> primitive.getAsString();
      default -> element.toString();
    };
  }
}
