package dev.jiggety.desktop.shell;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds what is meant by a few letters: they occur in the text in their order, and the more of them
 * stand together or at the beginnings of words, the better the match. Blanks in what was typed
 * count for nothing. Pure.
 */
final class Fuzzy {
  private static final int LETTER = 1;
  private static final int TOGETHER = 9;
  private static final int WORD_BEGINS = 8;
  private static final int TEXT_BEGINS = 4;
  private static final int NEVER = Integer.MIN_VALUE / 2;

  /** More letters than this are not looked at, so that a pasted page costs nothing. */
  private static final int MOST_LETTERS = 64;

  private static final int MOST_TEXT = 200;

  private Fuzzy() {}

  /**
   * A match.
   *
   * @param score the greater the better; comparable for one query
   * @param places where the letters stand in the text, ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by its own equals
  record Match(int score, int[] places) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Match match
          && score == match.score
          && Arrays.equals(places, match.places);
    }

    @Override
    public int hashCode() {
      return 31 * score + Arrays.hashCode(places);
    }
  }

  /** What was typed, as {@link #match} wants it. */
  static String query(String typed) {
    String letters = lower(typed.replaceAll("\\s+", ""));
    return letters.length() <= MOST_LETTERS ? letters : letters.substring(0, MOST_LETTERS);
  }

  /** In lower case, letter by letter, so that places stay where they are. */
  static String lower(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      lower.append(Character.toLowerCase(text.charAt(i)));
    }
    return lower.toString();
  }

  /**
   * The best match.
   *
   * @param query by {@link #query}
   * @param text as people read it
   * @param lower the same by {@link #lower}
   */
  static Optional<Match> match(String query, String text, String lower) {
    if (query.isEmpty()) {
      return Optional.of(new Match(0, new int[0]));
    }
    if (!occurs(query, lower)) {
      return Optional.empty();
    }
    int whole = lower.indexOf(query);
    int length = Math.min(lower.length(), Math.max(MOST_TEXT, whole + query.length()));
    return align(query, text, lower, length);
  }

  private static boolean occurs(String query, String lower) {
    int at = 0;
    for (int i = 0; i < query.length(); i++) {
      at = lower.indexOf(query.charAt(i), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The best way to lay the letters over the text: what a letter earns depends on its neighbour.
   */
  private static Optional<Match> align(String query, String text, String lower, int length) {
    int[][] best = new int[query.length()][length];
    for (int i = 0; i < query.length(); i++) {
      int before = i == 0 ? 0 : NEVER; // the best of the letter before, somewhere to the left
      for (int j = 0; j < length; j++) {
        if (i > 0 && j > 0) {
          before = Math.max(before, best[i - 1][j - 1]);
        }
        best[i][j] = NEVER;
        if (lower.charAt(j) == query.charAt(i) && before > NEVER) {
          boolean together = i > 0 && j > 0 && best[i - 1][j - 1] > NEVER;
          int joined = together ? best[i - 1][j - 1] + TOGETHER : NEVER;
          best[i][j] = Math.max(before, joined) + LETTER + beginning(text, j);
        }
      }
    }
    return trace(query, text, best, length);
  }

  private static Optional<Match> trace(String query, String text, int[][] best, int length) {
    int last = query.length() - 1;
    int end = -1;
    for (int j = 0; j < length; j++) {
      if (best[last][j] > NEVER && (end < 0 || best[last][j] > best[last][end])) {
        end = j;
      }
    }
    if (end < 0) {
      return Optional.empty(); // the letters stand beyond what is looked at
    }
    int score = best[last][end] * 4 - Math.min(text.length(), MOST_TEXT) / 8;
    int[] places = new int[query.length()];
    places[last] = end;
    for (int i = last; i > 0; i--) {
      int j = places[i];
      int wanted = best[i][j] - LETTER - beginning(text, j);
      places[i - 1] = j - 1;
      if (best[i - 1][j - 1] <= NEVER || best[i - 1][j - 1] + TOGETHER != wanted) {
        for (int k = j - 1; k >= 0; k--) {
          if (best[i - 1][k] == wanted) {
            places[i - 1] = k;
            break;
          }
        }
      }
    }
    return Optional.of(new Match(score, places));
  }

  private static int beginning(String text, int at) {
    if (at == 0) {
      return WORD_BEGINS + TEXT_BEGINS;
    }
    char before = text.charAt(at - 1);
    char here = text.charAt(at);
    boolean begins =
        !Character.isLetterOrDigit(before)
            || (Character.isLowerCase(before) && Character.isUpperCase(here))
            || (Character.isLetter(before) && Character.isDigit(here));
    return begins && Character.isLetterOrDigit(here) ? WORD_BEGINS : 0;
  }
}
