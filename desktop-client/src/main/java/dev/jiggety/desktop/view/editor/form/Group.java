package dev.jiggety.desktop.view.editor.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a document while they are typed. Fields that the table does not know
 * are kept and written at the end.
 */
public final class Group {
  private final List<Slot> slots;
  private final Runnable changed;
  private final Map<String, Cell> cells = new HashMap<>();
  private final Map<String, Switch> switches = new HashMap<>();
  private final Map<String, Group> parts = new HashMap<>();
  private final Map<String, ObservableList<Group>> rows = new HashMap<>();
  private final Map<String, StringProperty> choices = new HashMap<>();
  private JsonObject rest = new JsonObject();
  private @Nullable ObservableList<Group> list;

  /** Something that is on or off, and what stood there. */
  private static final class Switch {
    final BooleanProperty on;
    final boolean fallback;
    @Nullable JsonElement original;

    Switch(boolean fallback) {
      this.on = new SimpleBooleanProperty(fallback);
      this.fallback = fallback;
    }
  }

  /**
   * An empty one.
   *
   * @param changed told of every change of a field
   */
  Group(List<Slot> slots, Runnable changed) {
    this.slots = slots;
    this.changed = changed;
    make(slots);
  }

  private void make(List<Slot> some) {
    for (Slot slot : some) {
      switch (slot) {
        case Slot.Text text -> {
          Cell cell = new Cell(text);
          cell.text.addListener(property -> changed.run());
          cells.put(text.name(), cell);
        }
        case Slot.Flag flag -> {
          Switch made = new Switch(flag.fallback());
          made.on.addListener(property -> changed.run());
          switches.put(flag.name(), made);
        }
        case Slot.Part part -> parts.put(part.name(), new Group(part.slots(), changed));
        case Slot.Rows list -> rows.put(list.name(), list());
        case Slot.Pairs pairs -> rows.put(pairs.name(), list());
        case Slot.Choice choice -> {
          StringProperty chosen = new SimpleStringProperty(choice.options().getFirst().name());
          chosen.addListener(property -> changed.run());
          choices.put(choice.name(), chosen);
          choice.options().forEach(option -> make(option.slots()));
        }
      }
    }
  }

  private ObservableList<Group> list() {
    ObservableList<Group> list = FXCollections.observableArrayList();
    list.subscribe(changed);
    return list;
  }

  /** The names of the fields that it knows; not those inside of its choices. */
  List<String> names() {
    return slots.stream().map(Slot::name).toList();
  }

  /** Whether it knows a field of that name. */
  boolean has(String name) {
    return names().contains(name);
  }

  /** The text of a field; {@code retries.count} is a field of a part. */
  public StringProperty text(String path) {
    return found(in(path).cells, path).text;
  }

  /** What counts where a text is left empty. */
  public String fallback(String path) {
    return found(in(path).cells, path).fallback();
  }

  /** A field that is on or off. */
  public BooleanProperty flag(String path) {
    return found(in(path).switches, path).on;
  }

  /** Which of several ways is chosen. */
  public StringProperty choice(String path) {
    return found(in(path).choices, path);
  }

  /** Whether a path leads to a choice. */
  public boolean isChoice(String path) {
    return in(path).choices.containsKey(last(path));
  }

  /** The rows of a list. */
  public ObservableList<Group> rows(String path) {
    return found(in(path).rows, path);
  }

  /** Adds an empty row to a list, and gives it back. */
  public Group addRow(String path) {
    Group row = in(path).newRow(last(path));
    rows(path).add(row);
    return row;
  }

  /** Takes this row out of its list; nothing for what is no row. */
  public void remove() {
    if (list != null) {
      list.remove(this);
    }
  }

  /** A part, by its path. */
  public Group part(String path) {
    return found(in(path).parts, path);
  }

  /** A row like one of a list, which is not in it yet. */
  public Group newRow(String name) {
    Group row = new Group(rowSlots(slots, name), changed);
    row.list = found(rows, name);
    return row;
  }

  private static List<Slot> rowSlots(List<Slot> some, String name) {
    for (Slot slot : some) {
      switch (slot) {
        case Slot.Rows list when list.name().equals(name) -> {
          return list.row();
        }
        case Slot.Pairs pairs when pairs.name().equals(name) -> {
          return Shapes.PAIR;
        }
        case Slot.Choice choice -> {
          List<Slot> inner =
              rowSlots(choice.options().stream().flatMap(it -> it.slots().stream()).toList(), name);
          if (!inner.isEmpty()) {
            return inner;
          }
        }
        default -> {}
      }
    }
    return List.of();
  }

  private Group in(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? this : step(path.substring(0, dot));
  }

  private Group step(String path) {
    Group at = this;
    for (String name : path.split("\\.", -1)) {
      int bracket = name.indexOf('[');
      at =
          bracket < 0
              ? found(at.parts, name)
              : found(at.rows, name.substring(0, bracket))
                  .get(Integer.parseInt(name.substring(bracket + 1, name.length() - 1)));
    }
    return at;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static <T> T found(Map<String, T> map, String path) {
    T found = map.get(last(path));
    if (found == null) {
      throw new IllegalArgumentException("there is no field " + path);
    }
    return found;
  }

  /** Takes over what an object says; what it does not say is as if left out. */
  public void fill(JsonObject object) {
    rest = object.deepCopy();
    fill(slots, object);
  }

  private void fill(List<Slot> some, JsonObject object) {
    for (Slot slot : some) {
      JsonElement value = object.get(slot.name());
      switch (slot) {
        case Slot.Text text -> {
          found(cells, text.name()).fill(value);
          rest.remove(text.name());
        }
        case Slot.Flag flag -> {
          Switch it = found(switches, flag.name());
          boolean known = value instanceof JsonPrimitive primitive && primitive.isBoolean();
          it.original = known ? value : null;
          it.on.set(known ? value.getAsBoolean() : flag.fallback());
          if (known) {
            rest.remove(flag.name());
          }
        }
        case Slot.Part part -> {
          boolean known = value instanceof JsonObject;
          found(parts, part.name()).fill(known ? value.getAsJsonObject() : new JsonObject());
          if (known) {
            rest.remove(part.name());
          }
        }
        case Slot.Rows list -> fillRows(list.name(), value);
        case Slot.Pairs pairs -> fillPairs(pairs.name(), value);
        case Slot.Choice choice -> {
          JsonObject before = rest.deepCopy();
          choice.options().forEach(option -> fill(option.slots(), object));
          String chosen = chosen(choice, object);
          found(choices, choice.name()).set(chosen);
          // Two ways at once are wrong; the second one stays, so that the reader says so.
          choice.options().stream()
              .filter(option -> !option.name().equals(chosen))
              .flatMap(option -> option.slots().stream())
              .filter(other -> object.has(other.name()))
              .forEach(other -> rest.add(other.name(), before.get(other.name())));
        }
      }
    }
  }

  private void fillRows(String name, @Nullable JsonElement value) {
    List<Group> made = new ArrayList<>();
    boolean known = value instanceof JsonArray;
    if (value instanceof JsonArray array) {
      for (JsonElement item : array) {
        Group row = newRow(name);
        if (item instanceof JsonObject object) {
          row.fill(object);
        } else {
          known = false;
        }
        made.add(row);
      }
    }
    if (known) {
      rest.remove(name);
    }
    found(rows, name).setAll(known ? made : List.of());
  }

  private void fillPairs(String name, @Nullable JsonElement value) {
    List<Group> made = new ArrayList<>();
    if (value instanceof JsonObject object) {
      rest.remove(name);
      object
          .entrySet()
          .forEach(pair -> {
            Group row = newRow(name);
            found(row.cells, "name").fill(new JsonPrimitive(pair.getKey()));
            found(row.cells, "value").fill(pair.getValue());
            made.add(row);
          });
    }
    found(rows, name).setAll(made);
  }

  private static String chosen(Slot.Choice choice, JsonObject object) {
    return choice.options().stream()
        .filter(option -> option.slots().stream().anyMatch(it -> object.has(it.name())))
        .findFirst()
        .orElse(choice.options().getFirst())
        .name();
  }

  /** The object that all of it makes. */
  public JsonObject json() {
    JsonObject object = new JsonObject();
    write(slots, object);
    rest.entrySet()
        .forEach(left -> {
          if (!object.has(left.getKey())) {
            object.add(left.getKey(), left.getValue().deepCopy());
          }
        });
    return object;
  }

  private void write(List<Slot> some, JsonObject object) {
    for (Slot slot : some) {
      switch (slot) {
        case Slot.Text text -> add(object, text.name(), found(cells, text.name()).json());
        case Slot.Flag flag -> {
          Switch it = found(switches, flag.name());
          boolean same = it.original != null && it.original.getAsBoolean() == it.on.get();
          if (same || it.on.get() != it.fallback) {
            object.addProperty(flag.name(), it.on.get());
          }
        }
        case Slot.Part part -> {
          JsonObject inner = found(parts, part.name()).json();
          if (part.required() || !inner.isEmpty()) {
            object.add(part.name(), inner);
          }
        }
        case Slot.Rows list -> {
          JsonArray array = new JsonArray();
          found(rows, list.name()).forEach(row -> array.add(row.json()));
          if (list.required() || !array.isEmpty()) {
            object.add(list.name(), array);
          }
        }
        case Slot.Pairs pairs -> {
          JsonObject inner = new JsonObject();
          for (Group row : found(rows, pairs.name())) {
            add(inner, row.text("name").get().strip(), found(row.cells, "value").json());
          }
          add(object, pairs.name(), inner.isEmpty() ? null : inner);
        }
        case Slot.Choice choice ->
            choice.options().stream()
                .filter(option -> option.name().equals(found(choices, choice.name()).get()))
                .forEach(option -> write(option.slots(), object));
      }
    }
  }

  private static void add(JsonObject object, String name, @Nullable JsonElement value) {
    if (value != null) {
      object.add(name, value.deepCopy());
    }
  }
}
