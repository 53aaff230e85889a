package dev.jiggety.desktop.view.overview;

import dev.jiggety.desktop.widget.VerdictLook;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for, and how it is shown. Immutable.
 *
 * @param text words that all must occur in name, id, address or tags
 * @param tag null for all
 * @param group the beginning of a tag, before its first colon or slash; null for all
 * @param node null for all
 * @param state null for all
 * @param order what comes first
 * @param rows whether there is a row for each test, not a tile
 */
record Wish(
    String text,
    @Nullable String tag,
    @Nullable String group,
    @Nullable String node,
    @Nullable VerdictLook state,
    Order order,
    boolean rows) {
  /** Everything, the worst first, as tiles. */
  static final Wish ALL = new Wish("", null, null, null, null, Order.WORST, false);

  /** What comes first. */
  enum Order {
    WORST,
    NAME,
    SLOWEST,
    SLOWER
  }

  Wish withText(String words) {
    return new Wish(words, tag, group, node, state, order, rows);
  }

  Wish withTag(@Nullable String wanted) {
    return new Wish(text, wanted, group, node, state, order, rows);
  }

  Wish withGroup(@Nullable String wanted) {
    return new Wish(text, tag, wanted, node, state, order, rows);
  }

  Wish withNode(@Nullable String wanted) {
    return new Wish(text, tag, group, wanted, state, order, rows);
  }

  Wish withState(@Nullable VerdictLook wanted) {
    return new Wish(text, tag, group, node, wanted, order, rows);
  }

  Wish withOrder(Order wanted) {
    return new Wish(text, tag, group, node, state, wanted, rows);
  }

  Wish withRows(boolean wanted) {
    return new Wish(text, tag, group, node, state, order, wanted);
  }

  /** Without anything that hides a test. */
  Wish withoutFilters() {
    return new Wish("", null, null, null, null, order, rows);
  }

  /** Whether some tests may be hidden. */
  boolean isFiltering() {
    return !text.isBlank() || tag != null || group != null || node != null || state != null;
  }

  String[] words() {
    return text.strip().toLowerCase(Locale.ROOT).split("\\s+");
  }

  /** The group of a tag; null for a tag without one. */
  static @Nullable String groupOf(String tag) {
    for (int i = 1; i < tag.length() - 1; i++) {
      if (tag.charAt(i) == ':' || tag.charAt(i) == '/') {
        return tag.substring(0, i);
      }
    }
    return null;
  }
}
