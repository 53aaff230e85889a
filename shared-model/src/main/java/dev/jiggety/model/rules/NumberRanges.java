package dev.jiggety.model.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of numbers and ranges, like {@code 200-299,304}.
 *
 * @param ranges each with both ends inclusive
 */
public record NumberRanges(List<Range> ranges) {

  public NumberRanges {
    ranges = List.copyOf(ranges);
  }

  /** From {@code first} to {@code last}, both inclusive. */
  public record Range(int first, int last) {}

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static NumberRanges parse(String text) {
    List<Range> ranges = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      String[] ends = item.strip().split("-", 2);
      int first = number(ends[0].strip());
      int last = ends.length == 1 ? first : number(ends[1].strip());
      if (first > last) {
        throw new IllegalArgumentException("the range \"" + item.strip() + "\" runs backwards");
      }
      ranges.add(new Range(first, last));
    }
    return new NumberRanges(ranges);
  }

  /**
   * Reads one HTTP status.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static int number(String text) {
    String digits = text.strip();
    if (digits.length() != 3
        || digits.charAt(0) == '0'
        || !digits.chars().allMatch(c -> '0' <= c && c <= '9')) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a status; write 200, or with in 200-299,304");
    }
    return Integer.parseInt(digits);
  }

  /** Whether one of the ranges holds it. */
  public boolean contains(int number) {
    return ranges.stream().anyMatch(range -> range.first() <= number && number <= range.last());
  }
}
