package dev.jiggety.twill;

import java.util.Locale;
import java.util.Optional;

/** Words that stand for true and false, as checkboxes and settings take them. */
public final class Words {
  private Words() {}

  /** What a word means; empty when it means neither. */
  public static Optional<Boolean> truth(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "true", "on", "yes", "+" -> Optional.of(true);
      case "false", "off", "no", "-" -> Optional.of(false);
      case String number when number.matches("-?\\d{1,9}") ->
          Optional.of(Integer.parseInt(number) != 0);
      default -> Optional.empty();
    };
  }
}
