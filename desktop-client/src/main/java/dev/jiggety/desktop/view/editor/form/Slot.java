package dev.jiggety.desktop.view.editor.form;

import java.util.List;

/** A place for something in a document, and how it is typed. */
public sealed interface Slot {
  /** The name of the field; of a choice, a name for the choice itself. */
  String name();

  /** How a text becomes a value. */
  enum Kind {
    /** As typed, blanks and all. */
    TEXT,
    /** Without blanks around it. */
    WORD,
    /** A whole number; what is none stays a text, of which the reader says what is wrong. */
    NUMBER,
    /** A list of words, separated by blanks, commas or semicolons. */
    WORDS
  }

  /**
   * A text.
   *
   * @param fallback what counts where the field is left out
   * @param required whether it is written even when empty, so that the rules can say what is
   *     missing
   */
  record Text(String name, Kind kind, String fallback, boolean required) implements Slot {}

  /** Something that is on or off. */
  record Flag(String name, boolean fallback) implements Slot {}

  /**
   * An object of its own.
   *
   * @param required whether it is written even when it has no fields
   */
  record Part(String name, List<Slot> slots, boolean required) implements Slot {
    public Part {
      slots = List.copyOf(slots);
    }
  }

  /**
   * A list of objects.
   *
   * @param required whether it is written even when it is empty
   */
  record Rows(String name, List<Slot> row, boolean required) implements Slot {
    public Rows {
      row = List.copyOf(row);
    }
  }

  /** An object whose fields people name: a list of names and values. */
  record Pairs(String name) implements Slot {}

  /** One of several ways to say something; only the fields of the chosen one are written. */
  record Choice(String name, List<Option> options) implements Slot {
    public Choice {
      options = List.copyOf(options);
    }
  }

  /** One way. */
  record Option(String name, List<Slot> slots) {
    public Option {
      slots = List.copyOf(slots);
    }
  }
}
