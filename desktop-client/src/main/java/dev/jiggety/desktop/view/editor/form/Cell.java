package dev.jiggety.desktop.view.editor.form;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** One text of a form. What nobody typed over is given back as it came, whatever it was. */
final class Cell {
  private static final Pattern SEPARATORS = Pattern.compile("[\\s,;]+");
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})");

  final StringProperty text;
  private final Slot.Text slot;
  private @Nullable JsonElement original;
  private String shown;

  Cell(Slot.Text slot) {
    this.slot = slot;
    this.shown = slot.fallback();
    this.text = new SimpleStringProperty(shown);
  }

  String fallback() {
    return slot.fallback();
  }

  void fill(@Nullable JsonElement element) {
    original = element;
    shown = element == null ? slot.fallback() : inWords(element);
    text.set(shown);
  }

  /** What is to be written; null for nothing. */
  @Nullable JsonElement json() {
    String typed = text.get();
    if (original != null && typed.equals(shown)) {
      return original;
    }
    String plain = slot.kind() == Slot.Kind.TEXT ? typed : typed.strip();
    if (!slot.required() && (plain.isEmpty() || plain.equals(slot.fallback()))) {
      return null;
    }
    return switch (slot.kind()) {
      case TEXT, WORD -> new JsonPrimitive(plain);
      case NUMBER ->
          NUMBER.matcher(plain).matches()
              ? new JsonPrimitive(Long.parseLong(plain))
              : new JsonPrimitive(plain);
      case WORDS -> {
        JsonArray words = new JsonArray();
        SEPARATORS.splitAsStream(plain).filter(word -> !word.isEmpty()).forEach(words::add);
        yield words;
      }
    };
  }

  private String inWords(JsonElement element) {
    if (slot.kind() == Slot.Kind.WORDS && element instanceof JsonArray list) {
      return StreamSupport.stream(list.spliterator(), false)
          .map(Cell::plain)
          .collect(Collectors.joining(", "));
    }
    return plain(element);
  }

  private static String plain(JsonElement element) {
    return switch (element) {
      case JsonPrimitive primitive -> primitive.getAsString();
      case JsonNull nothing -> "";
      default -> element.toString();
    };
  }
}
