package dev.jiggety.model.rules.report;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Names as they can stand in addresses and names of files. */
final class Slugs {
  private static final int LONGEST = 48;

  private Slugs() {}

  /** Gives each name its own; a second one of the same letters gets a number. Not thread-safe. */
  static Function<String, String> fresh() {
    Set<String> taken = new HashSet<>();
    return name -> {
      String wanted = of(name);
      String slug = wanted;
      for (int i = 2; !taken.add(slug); i++) {
        slug = wanted + "-" + i;
      }
      return slug;
    };
  }

  /** Lower-case letters, digits and single hyphens; never empty, never a path. */
  static String of(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    String trimmed = cut.replaceAll("-$", "");
    return trimmed.isEmpty() ? "service" : trimmed;
  }
}
