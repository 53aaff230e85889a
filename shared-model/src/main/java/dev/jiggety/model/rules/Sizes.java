package dev.jiggety.model.rules;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512}, {@code 64KB}, {@code 1MiB}. */
public final class Sizes {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12})\\s*(B|KB|MB|GB|TB|KIB|MIB|GIB|TIB)?", Pattern.CASE_INSENSITIVE);

  private static final List<String> UNITS = List.of("", "KB", "MB", "GB", "TB");

  private Sizes() {}

  /**
   * In bytes.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  public static long parse(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a size; write bytes, or like 64KB, 1MB or 1MiB");
    }
    String unit = size.group(2) == null ? "b" : size.group(2).toLowerCase(Locale.ROOT);
    long factor =
        switch (unit) {
          case "kb" -> 1_000;
          case "mb" -> 1_000_000;
          case "gb" -> 1_000_000_000L;
          case "tb" -> 1_000_000_000_000L;
          case "kib" -> 1_024;
          case "mib" -> 1_048_576;
          case "gib" -> 1L << 30;
          case "tib" -> 1L << 40;
          default -> 1;
        };
    long number = Long.parseLong(size.group(1));
    if (number > Long.MAX_VALUE / factor) {
      throw new IllegalArgumentException("\"" + text + "\" is larger than any disk");
    }
    return number * factor;
  }

  /** As {@link #parse} reads it, in the largest unit in which it is a whole number. */
  public static String format(long bytes) {
    for (int i = UNITS.size() - 1; i > 0 && bytes != 0; i--) {
      long unit = parse("1" + UNITS.get(i));
      if (bytes % unit == 0) {
        return bytes / unit + UNITS.get(i);
      }
    }
    return Long.toString(bytes);
  }
}
