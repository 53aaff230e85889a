package dev.jiggety.desktop.view.editor.script;

import java.util.List;

/** What an editor has to know of a language. Pure. */
public interface Language {
  /**
   * A piece of a line that has a colour of its own.
   *
   * @param from the first character, from 0
   * @param to the one after the last
   * @param style the name of the colour: {@code word}, {@code text}, {@code variable}, {@code
   *     comment}, {@code unknown}
   */
  record Mark(int from, int to, String style) {}

  /**
   * What could stand next.
   *
   * @param insert the text
   * @param help what it is, in few words
   * @param from where the text begins that it takes the place of, from 0 in the line
   */
  record Completion(String insert, String help, int from) {}

  /** Something wrong; line and column from 1. */
  record Flaw(int line, int column, String message) {}

  /** The colours of a line, in order and without overlap. */
  List<Mark> marks(String line);

  /** What could stand after the beginning of a line. */
  List<Completion> complete(String before);

  /** What the thing in a line is, to be read while it is written; empty for nothing. */
  String explain(String line);
}
