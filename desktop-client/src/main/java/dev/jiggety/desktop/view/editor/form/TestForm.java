package dev.jiggety.desktop.view.editor.form;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.jiggety.document.TestDocument;
import dev.jiggety.document.yaml.TestText;
import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;

/**
 * A test while it is typed. The settings of every kind are there at once, so that nothing is lost
 * when somebody looks at another kind; the chosen one is written. FX thread only.
 */
public final class TestForm {
  private static final String KIND = "kind";

  private final Group head = new Group(Shapes.HEAD, this::changed);
  private final Group tail = new Group(Shapes.TAIL, this::changed);
  private final Map<String, Group> kinds = new LinkedHashMap<>();
  private final StringProperty kind = new SimpleStringProperty("http");
  private final StringProperty settings = new SimpleStringProperty("");
  private JsonObject rest = new JsonObject();
  private Runnable listener = () -> {};
  private boolean filling;

  public TestForm() {
    Shapes.KINDS.forEach((name, slots) -> kinds.put(name, new Group(slots, this::changed)));
    kind.addListener(property -> changed());
    settings.addListener(property -> changed());
  }

  /** The kinds whose every field has a place here. */
  public static Set<String> knownKinds() {
    return Shapes.KINDS.keySet();
  }

  /** Which kind of test it is. */
  public StringProperty kind() {
    return kind;
  }

  /** Whether its kind has fields here; else {@link #settings} has all of them. */
  public boolean knowsKind() {
    return kinds.containsKey(kind.get());
  }

  /** The settings of a kind that is not known here, as YAML or JSON. */
  public StringProperty settings() {
    return settings;
  }

  /** A text by its place, like {@code http.url} or {@code timeout}. */
  public StringProperty text(String place) {
    return group(place).text(inGroup(place));
  }

  /** Something that is on or off, by its place. */
  public BooleanProperty flag(String place) {
    return group(place).flag(inGroup(place));
  }

  /** A choice, by its place, like {@code schedule.when}. */
  public StringProperty choice(String place) {
    return group(place).choice(inGroup(place));
  }

  /** A list, by its place, like {@code http.headers}. */
  public ObservableList<Group> rows(String place) {
    return group(place).rows(inGroup(place));
  }

  /** Adds an empty row to a list, and gives it back. */
  public Group addTo(String place) {
    return group(place).addRow(inGroup(place));
  }

  /** What every test begins with: id, name, active, tags. */
  public Group head() {
    return head;
  }

  /** What every test has besides the settings of its kind. */
  public Group tail() {
    return tail;
  }

  /** The settings of a known kind. */
  public Group kind(String name) {
    return Optional.ofNullable(kinds.get(name)).orElseThrow();
  }

  /** Who is told of every change, once for each that a person makes. */
  public void onChange(Runnable action) {
    listener = action;
  }

  /** Shows a test. */
  public void fill(TestDefinition test) {
    fill(TestDocument.TYPE.writePlain(test));
  }

  /** Shows what a document says, right or wrong; tells of one change. */
  public void fill(JsonObject document) {
    filling = true;
    rest = document.deepCopy();
    kind.set(document.get(KIND) instanceof JsonPrimitive name ? name.getAsString() : "http");
    rest.remove(KIND);
    Group chosen = kinds.get(kind.get());
    JsonElement section = document.get(kind.get());
    if (section instanceof JsonObject object) {
      rest.remove(kind.get());
      if (chosen != null) {
        chosen.fill(object);
      } else {
        settings.set(TestText.write(object));
      }
    }
    fill(head, document);
    fill(tail, document);
    filling = false;
    changed();
  }

  /** The document that all of it makes, as people write it: with {@code id}. */
  public JsonObject json() {
    JsonObject json = head.json();
    json.addProperty(KIND, kind.get().strip());
    Group chosen = kinds.get(kind.get());
    if (chosen != null) {
      json.add(kind.get(), chosen.json());
    } else {
      json.add(kind.get().strip(), parsed(settings.get()));
    }
    addAll(json, tail.json());
    addAll(json, rest);
    return json;
  }

  /** Places of names that stand twice where a document can hold one of them. */
  public List<String> twice() {
    if (!kind.get().equals(Check.Script.KIND)) {
      return List.of();
    }
    List<Group> rows = rows("script.variables");
    Set<String> seen = new HashSet<>();
    return IntStream.range(0, rows.size())
        .filter(i -> !seen.add(rows.get(i).text("name").get().strip()))
        .mapToObj(i -> "script.variables[" + i + "]")
        .toList();
  }

  private void fill(Group group, JsonObject document) {
    JsonObject mine = new JsonObject();
    for (String name : group.names()) {
      if (document.has(name)) {
        mine.add(name, document.get(name));
        rest.remove(name);
      }
    }
    group.fill(mine);
  }

  private static void addAll(JsonObject json, JsonObject more) {
    more.entrySet()
        .forEach(field -> {
          if (!json.has(field.getKey())) {
            json.add(field.getKey(), field.getValue().deepCopy());
          }
        });
  }

  /** An object where it is one; else the text, of which the reader says that it is none. */
  private static JsonElement parsed(String text) {
    try {
      JsonElement json = JsonParser.parseString(text);
      if (json.isJsonObject()) {
        return json;
      }
    } catch (JsonParseException e) {
      // perhaps it is YAML
    }
    return TestText.parse(text)
        .json()
        .<JsonElement>map(object -> object)
        .orElseGet(() -> text.isBlank() ? new JsonObject() : new JsonPrimitive(text));
  }

  private Group group(String place) {
    Group of = kinds.get(first(place));
    return of != null ? of : head.has(first(place)) ? head : tail;
  }

  private String inGroup(String place) {
    String first = first(place);
    return kinds.containsKey(first) && place.length() > first.length()
        ? place.substring(first.length() + 1)
        : place;
  }

  private static String first(String place) {
    int dot = place.indexOf('.');
    return dot < 0 ? place : place.substring(0, dot);
  }

  private void changed() {
    if (!filling) {
      listener.run();
    }
  }
}
