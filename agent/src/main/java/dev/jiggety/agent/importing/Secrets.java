package dev.jiggety.agent.importing;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** Takes passwords and tokens out of what is imported; a reference stays in their place. */
final class Secrets {
  /** With room for a number behind it. */
  private static final int LONGEST = 60;

  private final Harvest harvest;
  private final String place;
  private final String prefix;
  private final Map<String, String> references = new HashMap<>();

  /**
   * The secrets of one test.
   *
   * @param prefix the test's id: what their names begin with
   */
  Secrets(Harvest harvest, String place, String prefix) {
    this.harvest = harvest;
    this.place = place;
    this.prefix = prefix;
  }

  /** The reference to a value, which is not kept anywhere. */
  String take(String what, String value) {
    String known = references.get(what + "\0" + value);
    if (known != null) {
      return known;
    }
    String base =
        shortened(prefix + "-" + what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
    String name = base;
    for (int i = 2; references.containsValue("${secret." + name + "}"); i++) {
      name = base + "-" + i;
    }
    String reference = "${secret." + name + "}";
    references.put(what + "\0" + value, reference);
    harvest.leave(place, "the " + what + " is not in the test: put it into the secret " + name);
    return reference;
  }

  /** A longer name than 64 characters is no name, and its reference would be sent as text. */
  private static String shortened(String name) {
    return name.length() <= LONGEST
        ? name
        : name.substring(0, LONGEST - 9) + "-" + HexFormat.of().toHexDigits(name.hashCode());
  }

  /** Whether a text refers to a secret already. */
  static boolean isReference(String text) {
    return text.contains("${secret.");
  }
}
