package dev.jiggety.twill;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A script as it was read: one command a line, nothing skipped.
 *
 * @param lines those with a command, in order; where there are flaws, those that could be read
 * @param flaws what is wrong, in order; a script with any does not run
 */
public record Script(List<Line> lines, List<Flaw> flaws) {

  public Script {
    lines = List.copyOf(lines);
    flaws = List.copyOf(flaws);
  }

  /** Reads a script for which no variables are set before it begins. */
  public static Script parse(String source) {
    return parse(source, Set.of());
  }

  /**
   * Reads a script.
   *
   * @param variables names of those that are set before it begins
   */
  public static Script parse(String source, Set<String> variables) {
    List<Line> lines = new ArrayList<>();
    List<Flaw> flaws = new ArrayList<>();
    String[] texts = source.split("\r\n|\n|\r", -1);
    for (int i = 0; i < texts.length; i++) {
      String text =
          i == 0 && texts[i].startsWith("\ufeff") ? " " + texts[i].substring(1) : texts[i];
      LineParser.parse(text, i + 1, flaws).ifPresent(lines::add);
    }
    if (flaws.isEmpty()) { // else a line that sets a variable may be missing
      new Definitions(variables, flaws).check(lines);
    }
    return new Script(lines, flaws.stream().sorted().toList());
  }
}
