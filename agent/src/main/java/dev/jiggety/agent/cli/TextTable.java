package dev.jiggety.agent.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table of plain text with aligned columns and a header, for terminals. Not thread-safe. */
final class TextTable {
  private static final String GAP = "  ";
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    row(header);
  }

  /** Adds a row; cells may hold terminal colours. */
  TextTable row(String... cells) {
    rows.add(List.copyOf(Arrays.asList(cells)));
    return this;
  }

  /** The lines, without blanks at their ends. */
  List<String> lines() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  @Override
  public String toString() {
    return lines().stream()
        .map(line -> line + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - width(row.get(i)))).append(GAP);
    }
    return line.toString().stripTrailing();
  }

  private static int width(String cell) {
    return Ansi.strip(cell).length();
  }
}
