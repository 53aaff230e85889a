package dev.jiggety.model.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512}, {@code 64KB}, {@code 1MiB}. */
public final class Sizes {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12})\\s*(B|KB|MB|KIB|MIB)?", Pattern.CASE_INSENSITIVE);

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
    String unit = size.group(2) == null ? "b" : size.group(2).toLowerCase(java.util.Locale.ROOT);
    long factor =
        switch (unit) {
          case "kb" -> 1_000;
          case "mb" -> 1_000_000;
          case "kib" -> 1_024;
          case "mib" -> 1_048_576;
          default -> 1;
        };
    return Long.parseLong(size.group(1)) * factor;
  }
}
