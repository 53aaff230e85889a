package dev.jiggety.model.rules;

import java.util.BitSet;
import java.util.List;

/** One field of a cron expression: its name, its range, and how its text becomes a set. */
enum CronField {
  MINUTE("minute", 0, 59),
  HOUR("hour", 0, 23),
  DAY("day of month", 1, 31),
  MONTH("month", 1, 12),
  WEEKDAY("day of week", 0, 7);

  private final String label;
  private final int min;
  private final int max;

  CronField(String label, int min, int max) {
    this.label = label;
    this.min = min;
    this.max = max;
  }

  /**
   * The numbers that a field's text means.
   *
   * @param names what stands for {@code min}, {@code min + 1}, …; may be empty
   */
  BitSet parse(String text, List<String> names) {
    BitSet set = new BitSet(max + 1);
    for (String item : text.split(",", -1)) {
      addItem(set, item, names);
    }
    return set;
  }

  private void addItem(BitSet set, String item, List<String> names) {
    int slash = item.indexOf('/');
    String range = slash < 0 ? item : item.substring(0, slash);
    int step = slash < 0 ? 1 : step(item.substring(slash + 1));
    int dash = range.indexOf('-', 1);
    int first;
    int last;
    if (range.equals("*")) {
      first = min;
      last = this == WEEKDAY ? 6 : max;
    } else if (dash > 0) {
      first = number(range.substring(0, dash), names);
      last = number(range.substring(dash + 1), names);
      last = this == WEEKDAY && last == 0 ? 7 : last; // fri-sun
    } else {
      first = number(range, names);
      last = slash < 0 ? first : this == WEEKDAY ? 6 : max;
    }
    if (first > last) {
      throw new IllegalArgumentException(
          label + " \"" + range + "\" runs backwards; write two ranges with a comma between them");
    }
    for (int value = first; value <= last; value += step) {
      set.set(value);
    }
  }

  private int step(String text) {
    int step = digits(text);
    if (step < 1 || step > max) {
      throw new IllegalArgumentException(
          label + " has the step \"" + text + "\"; it must be 1 to " + max);
    }
    return step;
  }

  private int number(String text, List<String> names) {
    int name = names.indexOf(text);
    int value = name >= 0 ? name + min : digits(text);
    if (value < min || value > max) {
      String named = names.isEmpty() ? "" : " or " + names.getFirst() + " to " + names.getLast();
      throw new IllegalArgumentException(
          label + " \"" + text + "\" must be " + min + " to " + max + named);
    }
    return value;
  }

  /** The number, or -1 where the text is none. */
  private static int digits(String text) {
    return text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
  }
}
